package dev.archipelago.protocol.trial;

/** A trial: its search and its number there, dense from 0 in the order of the proposals. */
public record TrialId(SearchId search, int number) {
  public TrialId {
    if (number < 0) {
      throw new IllegalArgumentException("trial numbers start at 0, got " + number);
    }
  }

  @Override
  public String toString() {
    return search + "/" + number;
  }
}
