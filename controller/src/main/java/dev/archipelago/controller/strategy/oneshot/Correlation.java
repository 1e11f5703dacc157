package dev.archipelago.controller.strategy.oneshot;

import dev.archipelago.controller.strategy.shared.KendallTau;
import dev.archipelago.controller.strategy.shared.Ranked;
import dev.archipelago.protocol.space.Architecture;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How well shared weights rank networks: Kendall's tau-b between their accuracies and the rewards
 * of the same networks trained alone.
 *
 * @param tau in [-1, 1]; NaN where one side is all ties
 * @param networks how many had both
 */
record Correlation(double tau, int networks) {

  /**
   * @param alone rewards of those that were trained
   */
  static Correlation of(List<Ranked> shared, Map<Architecture, Double> alone) {
    List<Ranked> both = new ArrayList<>(shared);
    both.removeIf(ranked -> !alone.containsKey(ranked.architecture()));
    double[] accuracies = both.stream().mapToDouble(one -> one.score().accuracy()).toArray();
    double[] rewards =
        both.stream().mapToDouble(one -> alone.getOrDefault(one.architecture(), 0.0)).toArray();
    return new Correlation(KendallTau.of(accuracies, rewards), both.size());
  }

  /** {@link KendallTau#standardError}; NaN of less than two networks. */
  double standardError() {
    return networks < 2 ? Double.NaN : KendallTau.standardError(networks);
  }
}
