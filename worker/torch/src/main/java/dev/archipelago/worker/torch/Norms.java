package dev.archipelago.worker.torch;

/** What the batch norms do in one forward pass. */
sealed interface Norms {

  /** As {@link dev.archipelago.protocol.space.Layer.BatchNorm} says: how training remembers. */
  Norms TRAINING = new Remembering(0.1);

  /** Normalises by what they remember. */
  Norms RUNNING = Still.RUNNING;

  /** Normalises by the batch's statistics; what they remember stays as it is. */
  Norms BATCH = Still.BATCH;

  /** Lets everything through. */
  Norms BYPASSED = Still.BYPASSED;

  /**
   * Normalises by the batch's statistics, and remembers them.
   *
   * @param momentum the batch's share in what is remembered afterwards, in [0, 1]
   */
  record Remembering(double momentum) implements Norms {}

  /** Those that leave what is remembered as it is. */
  enum Still implements Norms {
    RUNNING,
    BATCH,
    BYPASSED
  }
}
