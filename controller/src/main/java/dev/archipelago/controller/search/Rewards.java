package dev.archipelago.controller.search;

import dev.archipelago.controller.spec.Rung;
import dev.archipelago.controller.spec.SearchSpec;
import dev.archipelago.protocol.trial.Measurement;
import dev.archipelago.protocol.trial.Stage;
import java.util.OptionalDouble;

/** What a measurement is worth: larger is better, and comparable on one rung of one stage only. */
public final class Rewards {
  private Rewards() {}

  /**
   * The proxy's score on a rung that trains nothing, elsewhere the objective's; a round's own trial
   * has none, since it trains no network.
   *
   * @return empty where the measurement lacks it, or it is not finite
   */
  public static OptionalDouble of(
      SearchSpec spec, Stage stage, Lineage lineage, Measurement measurement) {
    if (measurement.round().isPresent()) {
      return OptionalDouble.empty();
    }
    if (stage == Stage.SEARCH
        && spec.schedule().rung(lineage.rung()) instanceof Rung.ZeroCost zeroCost) {
      Double score = measurement.metrics().get(zeroCost.proxy().label());
      return score == null || !Double.isFinite(score)
          ? OptionalDouble.empty()
          : OptionalDouble.of(score);
    }
    return spec.objective().reward(measurement);
  }
}
