package dev.archipelago.worker.agent;

import java.util.List;

/** Which controller's address to try: each for three Hellos, round and round. */
final class Dialler {
  private static final int TRIES = 3;

  private final List<String> addresses;
  private int current;
  private int unanswered;

  /**
   * @param addresses {@code HOST:PORT}, at least one
   */
  Dialler(List<String> addresses) {
    this.addresses = List.copyOf(addresses);
  }

  String address() {
    return addresses.get(current);
  }

  /** Somebody answered: a later silence begins to count anew. */
  void answered() {
    unanswered = 0;
  }

  /**
   * A Hello was not answered.
   *
   * @return whether that made it the next one's turn
   */
  boolean missed() {
    unanswered++;
    if (unanswered < TRIES) {
      return false;
    }
    unanswered = 0;
    current = (current + 1) % addresses.size();
    return true;
  }
}
