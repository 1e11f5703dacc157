package dev.archipelago.worker.engine;

import static dev.archipelago.worker.engine.SamplePlans.OBLONG;
import static dev.archipelago.worker.engine.SamplePlans.allLayers;
import static org.assertj.core.api.Assertions.assertThat;

import dev.archipelago.protocol.space.NetworkPlan;
import dev.archipelago.protocol.space.PlanCost;
import dev.archipelago.protocol.trial.Proxy;
import org.junit.jupiter.api.Test;

/** Scores that are read off the plan. */
interface CostContract extends EngineUnderTest {
  @Test
  default void countsWhatThePlanCosts() {
    NetworkPlan plan = allLayers(OBLONG);
    try (Network network = compile(plan)) {
      assertThat(network.score(Proxy.PARAMS, new Batch(1, 1)))
          .isEqualTo(PlanCost.of(plan).params());
      assertThat(network.score(Proxy.FLOPS, new Batch(1, 1))).isEqualTo(PlanCost.of(plan).flops());
    }
  }
}
