package dev.archipelago.protocol.trial;

/** Whose a trial is: what a search runs side by side at equal budget. */
public enum Arm {
  /** The strategy that the spec asks for. */
  MAIN("search"),
  /** The random search it is compared with. */
  BASELINE("baseline"),
  /** Published networks, trained as a winner is; no strategy chooses among them. */
  REFERENCE("reference");

  private final String label;

  Arm(String label) {
    this.label = label;
  }

  public String label() {
    return label;
  }
}
