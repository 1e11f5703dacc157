package dev.archipelago.controller.search;

import dev.archipelago.controller.spec.SearchSpec.Constraints;
import dev.archipelago.protocol.space.Architecture;
import dev.archipelago.protocol.space.NetworkPlan;
import dev.archipelago.protocol.space.PlanCost;
import java.util.Optional;

/** What a network may have: the spec's constraints, and what a message to a worker takes. */
final class Limits {
  /** About 100 bytes a node; an assignment has to fit a message of 200 kB. */
  static final int MOST_NODES = 1_500;

  private Limits() {}

  /** Which limit an architecture of the search's space breaks, as a sentence; empty for none. */
  static Optional<String> broken(Search search, Architecture architecture) {
    NetworkPlan plan = search.spec().space().decode(architecture, search.task());
    if (plan.nodes().size() > MOST_NODES) {
      return Optional.of(
          "%,d layers; a message to a worker takes at most %,d: fewer cells or nodes"
              .formatted(plan.nodes().size(), MOST_NODES));
    }
    PlanCost cost = PlanCost.of(plan);
    Constraints limits = search.spec().constraints();
    if (limits.params().isPresent() && cost.params() > limits.params().getAsLong()) {
      return Optional.of(
          "%,d parameters, the limit is %,d".formatted(cost.params(), limits.params().getAsLong()));
    }
    if (limits.flops().isPresent() && cost.flops() > limits.flops().getAsLong()) {
      return Optional.of(
          "%,d FLOPs, the limit is %,d".formatted(cost.flops(), limits.flops().getAsLong()));
    }
    return Optional.empty();
  }
}
