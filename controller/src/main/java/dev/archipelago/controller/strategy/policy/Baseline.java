package dev.archipelago.controller.strategy.policy;

import java.util.OptionalDouble;

/**
 * How good the last rewards were: what the next one is compared with.
 *
 * <p>Zoph and Le 2017, §3.2, subtract an exponential moving average. <b>Departs:</b> the difference
 * is divided by a moving average of such differences' size and cut at {@link #MOST}, so that
 * rewards of any unit and sign teach alike and one outlier does not undo what was learned. A
 * failure counts as the worst reward seen; before any success it counts as nothing. <b>Checked
 * by:</b> {@code BaselineTest}.
 *
 * @param told how many rewards went in, failures with them
 * @param mean moving average of the rewards
 * @param deviation moving average of their distance from the mean
 * @param worst smallest reward seen
 */
public record Baseline(long told, double mean, double deviation, double worst) {

  /** No advantage is larger than as many mean deviations. */
  public static final double MOST = 3;

  /** Rewards are brought into +-this, so that no difference of two overflows. */
  private static final double LARGEST = 1e300;

  public static final Baseline START = new Baseline(0, 0, 0, 0);

  /** How much better the reward is than what was to be expected, in mean deviations. */
  public double advantage(OptionalDouble reward) {
    double difference = value(reward) - mean;
    if (told == 0 || difference == 0) {
      return 0;
    }
    double size = deviation > 0 ? deviation : Math.abs(difference); // the second reward ever
    return Math.max(-MOST, Math.min(MOST, difference / size));
  }

  /**
   * @param decay how much of the averages stays, in [0, 1)
   */
  public Baseline after(OptionalDouble reward, double decay) {
    if (told == 0) {
      return reward.isPresent() ? new Baseline(1, value(reward), 0, value(reward)) : this;
    }
    double value = value(reward);
    double difference = value - mean;
    // The first rewards are averaged evenly, or the very first would count for far too much.
    double share = Math.max(1 - decay, 1.0 / (told + 1));
    double spread = Math.max(1 - decay, 1.0 / told);
    return new Baseline(
        told + 1,
        mean + share * difference,
        deviation + spread * (Math.abs(difference) - deviation),
        Math.min(worst, value));
  }

  private double value(OptionalDouble reward) {
    return reward.isPresent() ? Math.max(-LARGEST, Math.min(LARGEST, reward.getAsDouble())) : worst;
  }
}
