package dev.archipelago.protocol.trial;

/** One of the strategies that a search runs side by side at equal budget. */
public enum Arm {
  /** The strategy that the spec asks for. */
  MAIN("search"),
  /** The random search it is compared with. */
  BASELINE("baseline");

  private final String label;

  Arm(String label) {
    this.label = label;
  }

  public String label() {
    return label;
  }
}
