package dev.archipelago.protocol.trial;

/**
 * A worker process.
 *
 * @param name what a person calls it; stays the same when it is started again
 * @param incarnation different for every process, so that a restarted worker is not taken for the
 *     one that died
 */
public record WorkerId(String name, String incarnation) {
  @Override
  public String toString() {
    return name + "#" + incarnation;
  }
}
