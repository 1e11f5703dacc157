package dev.archipelago.controller.forecast;

/**
 * What one measured network costs.
 *
 * @param secondsPerEpoch of training
 * @param overheadSeconds of a trial beside its training: loading, validation, profiling
 * @param flops multiply-accumulates of one example; 0 where that is not known
 */
public record Cost(double secondsPerEpoch, double overheadSeconds, long flops) {

  /**
   * A trial that was trained from fresh weights.
   *
   * @param epochs it was trained for, at least 1
   */
  public static Cost of(int epochs, double trainSeconds, double deviceSeconds, long flops) {
    return new Cost(trainSeconds / epochs, Math.max(0, deviceSeconds - trainSeconds), flops);
  }

  double seconds(double epochs) {
    return epochs * secondsPerEpoch + overheadSeconds;
  }

  /** Of a network with other FLOPs, whose training takes longer in proportion. */
  Cost scaledTo(long others) {
    return flops > 0 ? new Cost(secondsPerEpoch * others / flops, overheadSeconds, others) : this;
  }
}
