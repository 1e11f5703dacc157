package dev.archipelago.controller.forecast;

import dev.archipelago.protocol.trial.Stage;

/** What a search spends its workers' time on. */
public enum Part {
  SEARCH("search", Stage.SEARCH),
  BASELINE("random baseline", Stage.SEARCH),
  RETRAIN("retraining", Stage.RETRAIN),
  FINAL("final training", Stage.FINAL),
  REFERENCES("published networks", Stage.FINAL);

  private final String label;
  private final Stage stage;

  Part(String label, Stage stage) {
    this.label = label;
    this.stage = stage;
  }

  public String label() {
    return label;
  }

  /** The stage that it is a part of; stages follow each other. */
  public Stage stage() {
    return stage;
  }
}
