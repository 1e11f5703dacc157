package dev.archipelago.protocol.trial;

import java.time.Duration;
import java.util.OptionalDouble;

/**
 * What a search maximises: one number, the reward, from a measurement.
 *
 * <p>The validation score and, where latency counts, the median latency at batch 1 enter; nothing
 * of the test data can.
 */
public sealed interface Objective {

  /**
   * Larger is better; empty where the measurement lacks what the objective needs, or is not finite.
   */
  OptionalDouble reward(Measurement measurement);

  /** Whether the reward depends on a clock, and so differs from run to run. */
  boolean measuresLatency();

  /** Validation accuracy, a fraction in [0, 1]. */
  record Accuracy() implements Objective {
    @Override
    public OptionalDouble reward(Measurement measurement) {
      return measurement.validation().isPresent()
          ? finite(measurement.validation().get().accuracy())
          : OptionalDouble.empty();
    }

    @Override
    public boolean measuresLatency() {
      return false;
    }
  }

  /**
   * Accuracy x (latency / target)^w (MnasNet, arXiv:1807.11626, Eq. 2 and 3).
   *
   * @param below w where latency is at most the target (soft: -0.07; hard: 0)
   * @param above w where latency exceeds the target (soft: -0.07; hard: -1)
   */
  record AccuracyLatency(Duration target, double below, double above) implements Objective {
    @Override
    public OptionalDouble reward(Measurement measurement) {
      if (measurement.validation().isEmpty() || measurement.latency().isEmpty()) {
        return OptionalDouble.empty();
      }
      double ratio = (double) measurement.latency().get(0).p50().toNanos() / target.toNanos();
      double factor = Math.pow(ratio, ratio <= 1 ? below : above);
      return finite(measurement.validation().get().accuracy() * factor);
    }

    @Override
    public boolean measuresLatency() {
      return true;
    }
  }

  /**
   * The negative of validation loss x log(latency / unit)^beta (the form of FBNet,
   * arXiv:1812.03443, Eq. 2, without its alpha, which orders nothing). Latencies under two units
   * count as two, since the logarithm of one unit is 0 and below it a power of it is NaN.
   *
   * @param unit the latency's unit: it weighs latency against loss, so a spec must name it
   */
  record LossLogLatency(double beta, Duration unit) implements Objective {
    @Override
    public OptionalDouble reward(Measurement measurement) {
      if (measurement.validation().isEmpty() || measurement.latency().isEmpty()) {
        return OptionalDouble.empty();
      }
      double units = (double) measurement.latency().get(0).p50().toNanos() / unit.toNanos();
      double factor = Math.pow(Math.log(Math.max(units, 2)), beta);
      return finite(-measurement.validation().get().lossNats() * factor);
    }

    @Override
    public boolean measuresLatency() {
      return true;
    }
  }

  /**
   * The negative of validation loss x log(1 + latency / target)^beta: the same trade, defined for
   * every latency, with a target in place of a hidden unit.
   */
  record LossLogRatio(double beta, Duration target) implements Objective {
    @Override
    public OptionalDouble reward(Measurement measurement) {
      if (measurement.validation().isEmpty() || measurement.latency().isEmpty()) {
        return OptionalDouble.empty();
      }
      double ratio = (double) measurement.latency().get(0).p50().toNanos() / target.toNanos();
      double factor = Math.pow(Math.log1p(ratio), beta);
      return finite(-measurement.validation().get().lossNats() * factor);
    }

    @Override
    public boolean measuresLatency() {
      return true;
    }
  }

  /**
   * A number that the user's program wrote: {@link Measurement#metrics}, or {@code loss}, which
   * every evaluation has.
   *
   * @param larger whether larger is better
   */
  record Metric(String name, boolean larger) implements Objective {
    @Override
    public OptionalDouble reward(Measurement measurement) {
      Double value =
          name.equals("loss")
              ? measurement.validation().map(Score::lossNats).orElse(null)
              : measurement.metrics().get(name);
      return value == null ? OptionalDouble.empty() : finite(larger ? value : -value);
    }

    @Override
    public boolean measuresLatency() {
      return false;
    }
  }

  private static OptionalDouble finite(double reward) {
    return Double.isFinite(reward) ? OptionalDouble.of(reward) : OptionalDouble.empty();
  }
}
