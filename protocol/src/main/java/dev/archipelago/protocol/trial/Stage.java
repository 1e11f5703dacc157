package dev.archipelago.protocol.trial;

/** Why a trial is run; a search passes through the stages in this order. */
public enum Stage {
  /** Brief training of a candidate; its reward goes to the strategy. */
  SEARCH("search"),
  /** Longer training from scratch of one of the best; chosen among on validation data. */
  RETRAIN("retrain"),
  /** Training of the chosen one on training and validation data, then the one look at test data. */
  FINAL("final");

  private final String label;

  Stage(String label) {
    this.label = label;
  }

  public String label() {
    return label;
  }
}
