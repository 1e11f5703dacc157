package dev.archipelago.controller.spec;

import dev.archipelago.controller.spec.SearchSpec.Constraints;
import dev.archipelago.protocol.random.SplitMix64;
import dev.archipelago.protocol.space.NetworkPlan;
import dev.archipelago.protocol.space.PlanCost;

/**
 * How many architectures, drawn uniformly with the search's seed, keep within the limits.
 *
 * @param leastParams the fewest parameters seen
 * @param leastFlops the fewest FLOPs seen
 */
record ConstraintSurvey(int sampled, int fitting, long leastParams, long leastFlops) {
  private static final int SAMPLES = 2_000;

  /** Large networks are counted in fewer samples, so that a spec is read in a second or two. */
  private static final int MOST_LAYERS = 100_000;

  private static final long STREAM = 0x5045C;

  /** Stops at the first architecture that fits: whether there is one. */
  static ConstraintSurvey untilOneFits(SearchSpec spec) {
    return of(spec, SAMPLES, 1);
  }

  /** How rare those that fit are. */
  static ConstraintSurvey of(SearchSpec spec, int samples) {
    return of(spec, samples, samples);
  }

  private static ConstraintSurvey of(SearchSpec spec, int samples, int enough) {
    SplitMix64 random = SplitMix64.of(spec.seed(), STREAM);
    int sampled = 0;
    int fitting = 0;
    long layers = 0;
    long leastParams = Long.MAX_VALUE;
    long leastFlops = Long.MAX_VALUE;
    while (sampled < samples && fitting < enough && layers < MOST_LAYERS) {
      NetworkPlan plan = spec.space().decode(spec.space().sample(random), spec.dataset().task());
      PlanCost cost = PlanCost.of(plan);
      sampled++;
      layers += plan.nodes().size();
      leastParams = Math.min(leastParams, cost.params());
      leastFlops = Math.min(leastFlops, cost.flops());
      fitting += fits(cost, spec.constraints()) ? 1 : 0;
    }
    return new ConstraintSurvey(sampled, fitting, leastParams, leastFlops);
  }

  private static boolean fits(PlanCost cost, Constraints limits) {
    return cost.params() <= limits.params().orElse(Long.MAX_VALUE)
        && cost.flops() <= limits.flops().orElse(Long.MAX_VALUE);
  }
}
