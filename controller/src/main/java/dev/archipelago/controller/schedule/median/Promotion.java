package dev.archipelago.controller.schedule.median;

/** A configuration that may go on. The natural order: the highest rung first, then the earlier. */
record Promotion(int rung, int configuration) implements Comparable<Promotion> {
  @Override
  public int compareTo(Promotion other) {
    int higher = Integer.compare(other.rung, rung);
    return higher != 0 ? higher : Integer.compare(configuration, other.configuration);
  }
}
