package dev.archipelago.controller.strategy.eas;

import dev.archipelago.protocol.space.Architecture;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What is said of a network that grew, and of the policy that had it grow. */
final class Remarks {
  /** A chance that moved less did not move. */
  private static final double LEAST_MOVE = 0.02;

  private Remarks() {}

  static List<String> of(Generations generations) {
    if (generations.current().parent().isEmpty() || generations.current().number() < 2) {
      return List.of();
    }
    int grown = generations.current().number() - 1; // the first was one network
    Architecture parent = generations.current().parent().get().architecture();
    List<String> remarks = new ArrayList<>();
    remarks.add(
        "%d of the smallest network's %d decisions grew within %d generations; the parent as it was came out best in %d of them"
            .formatted(
                distance(generations.space().smallest(), parent),
                generations.space().growths(generations.space().smallest()).size(),
                grown,
                generations.kept()));
    remarks.addAll(chances(generations));
    return remarks;
  }

  private static int distance(Architecture one, Architecture other) {
    int distance = 0;
    for (int i = 0; i < one.values().size(); i++) {
      distance += one.value(i) == other.value(i) ? 0 : 1;
    }
    return distance;
  }

  /** Of the network as it is now, by the policy at the start and by the one that has learned. */
  private static List<String> chances(Generations generations) {
    Architecture parent = generations.current().parent().orElseThrow().architecture();
    GrowthPolicy policy = generations.policy();
    Map<String, Double> before =
        policy.chances(policy.first(generations.settings(), generations.seed()), parent);
    Map<String, Double> after = policy.chances(generations.weights(), parent);
    if (before.isEmpty()) {
      return List.of();
    }
    List<String> moves = new ArrayList<>();
    double most = 0;
    for (Map.Entry<String, Double> start : before.entrySet()) {
      double now = after.getOrDefault(start.getKey(), 0.0);
      most = Math.max(most, Math.abs(now - start.getValue()));
      moves.add(
          String.format(
              Locale.ROOT, "%s from %.2f to %.2f", start.getKey(), start.getValue(), now));
    }
    return List.of(
        "the policy's chance that a decision grows went, for "
            + String.join(", ", moves)
            + (most < LEAST_MOVE ? ": it hardly moved" : ""));
  }
}
