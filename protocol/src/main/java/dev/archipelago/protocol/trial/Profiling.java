package dev.archipelago.protocol.trial;

/**
 * How inference latency is measured, beside batch 1.
 *
 * @param batchSize the second batch size
 * @param warmUp runs before the clock starts
 * @param runs timed runs at each batch size; 0 measures no latency
 */
public record Profiling(int batchSize, int warmUp, int runs) {
  public Profiling {
    if (batchSize < 1 || warmUp < 0 || runs < 0) {
      throw new IllegalArgumentException("batch size starts at 1, warm-up and runs at 0");
    }
  }
}
