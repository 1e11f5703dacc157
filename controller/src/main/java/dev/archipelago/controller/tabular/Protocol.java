package dev.archipelago.controller.tabular;

import dev.archipelago.controller.schedule.SchedulerKind;
import dev.archipelago.controller.strategy.StrategyKind;
import java.util.OptionalInt;

/**
 * How a search is simulated.
 *
 * <p>An evaluation costs its epochs of simulated training time, a duplicate like any other. What
 * begins before the budget is spent counts, also where it ends after it, as in the authors' code
 * (arXiv:2001.00326, §4).
 *
 * @param seconds of the simulated clock, more than 0; infinite where configurations are the budget
 * @param configurations that a scheduler may start; {@link Integer#MAX_VALUE} where the seconds are
 *     the budget
 * @param trials what the strategy is told of the budget, at least 1
 * @param workers evaluations that run at the same time, at least 1
 * @param window proposal n is asked when exactly the outcomes up to n - window were told, in the
 *     order of the proposals; empty: each is told when it arrives
 */
public record Protocol(
    StrategyKind strategy,
    SchedulerKind scheduler,
    Fidelity fidelity,
    double seconds,
    int configurations,
    int trials,
    int workers,
    OptionalInt window) {

  /** The same strategy under another scheduler and budget. */
  Protocol with(SchedulerKind scheduler, double seconds, int configurations) {
    return new Protocol(
        strategy, scheduler, fidelity, seconds, configurations, trials, workers, window);
  }
}
