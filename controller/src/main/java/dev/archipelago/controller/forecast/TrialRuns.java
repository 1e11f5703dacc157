package dev.archipelago.controller.forecast;

import dev.archipelago.controller.schedule.median.MedianStopping;
import dev.archipelago.controller.spec.Baselines;
import dev.archipelago.controller.spec.Evaluator;
import dev.archipelago.controller.spec.Rung;
import dev.archipelago.controller.spec.Schedule;
import dev.archipelago.controller.spec.SearchSpec;
import dev.archipelago.controller.spec.SearchSpec.Budget;
import dev.archipelago.controller.spec.SearchSpec.Order;
import dev.archipelago.controller.spec.SearchSpec.Retraining;
import dev.archipelago.controller.strategy.random.RandomSearch;
import java.util.List;
import java.util.Optional;

/**
 * The spec of the few trials that a forecast measures: random networks of the space, evaluated as
 * the search would on its lowest trained rung, each trained itself, and nothing after that.
 */
public final class TrialRuns {
  private TrialRuns() {}

  public static SearchSpec of(SearchSpec spec) {
    int epochs =
        spec.schedule().rungs().stream()
            .filter(Rung.Epochs.class::isInstance)
            .mapToInt(rung -> ((Rung.Epochs) rung).count())
            .findFirst()
            .orElse(spec.training().epochs());
    return new SearchSpec(
        "forecast",
        spec.dataset(),
        spec.split(),
        spec.space(),
        new RandomSearch(),
        Measured.ENOUGH,
        Order.PROPOSAL,
        schedule(spec.schedule().rung(0), epochs),
        spec.evaluator() instanceof Evaluator.Engine
            ? new Evaluator.Engine(false, false)
            : spec.evaluator(),
        spec.training().withEpochs(epochs),
        spec.profiling(),
        spec.objective(),
        spec.constraints(),
        Baselines.NONE,
        new Budget(Measured.ENOUGH, Optional.empty(), Optional.empty()),
        new Retraining(0, spec.retraining().epochs(), spec.retraining().finalEpochs()),
        spec.placement(),
        spec.seed());
  }

  /** A proxy is measured first, and then the same networks are trained. */
  private static Schedule schedule(Rung lowest, int epochs) {
    return lowest instanceof Rung.ZeroCost
        ? new Schedule(new MedianStopping(1), List.of(lowest, new Rung.Epochs(epochs)))
        : Schedule.full(epochs);
  }
}
