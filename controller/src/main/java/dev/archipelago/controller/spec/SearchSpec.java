package dev.archipelago.controller.spec;

import dev.archipelago.controller.strategy.StrategyKind;
import dev.archipelago.protocol.space.SearchSpace;
import dev.archipelago.protocol.trial.Arm;
import dev.archipelago.protocol.trial.DatasetRef;
import dev.archipelago.protocol.trial.Objective;
import dev.archipelago.protocol.trial.Profiling;
import dev.archipelago.protocol.trial.Split;
import dev.archipelago.protocol.trial.Training;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A search as understood: every default is written out, every name resolved.
 *
 * @param window proposal n is asked when exactly the outcomes up to n - window have been told
 * @param schedule how far a trial in stage SEARCH is evaluated
 * @param evaluator who trains and scores
 * @param training of the last rung in stage SEARCH
 * @param placement which workers may take its trials
 * @param seed the source of every random choice
 */
public record SearchSpec(
    String name,
    DatasetRef dataset,
    Split split,
    SearchSpace space,
    StrategyKind strategy,
    int window,
    Order order,
    Schedule schedule,
    Evaluator evaluator,
    Training training,
    Profiling profiling,
    Objective objective,
    Constraints constraints,
    Baselines baselines,
    Budget budget,
    Retraining retraining,
    Placement placement,
    long seed) {

  /** When a strategy is told of an outcome. */
  public enum Order {
    /** In the order of the proposals: reproducible whatever the workers do. */
    PROPOSAL,
    /** As soon as it arrives: no worker waits for a straggler, and no two runs are alike. */
    ARRIVAL
  }

  /**
   * Whether an arm is told of an outcome as soon as it arrives. The baseline of a strategy whose
   * rounds wait for one another is: a network that it trains must not hold the next round up, and
   * how the two arms mix depends on measured time there anyway.
   */
  public boolean isToldOnArrival(Arm arm) {
    return order == Order.ARRIVAL || (arm == Arm.BASELINE && strategy.sharing().isPresent());
  }

  /**
   * When stage SEARCH ends; whichever comes first.
   *
   * @param trials that are trained, in each arm; those that break a constraint do not count
   * @param time accumulated running time, pauses and interruptions not counted
   * @param deviceTime of the workers, in each arm: the sum over its trials
   */
  public record Budget(int trials, Optional<Duration> time, Optional<Duration> deviceTime) {}

  /**
   * Hard limits on a candidate, checked on its plan before any training.
   *
   * @param params most trained numbers
   * @param flops most multiply-accumulates of one example
   */
  public record Constraints(OptionalLong params, OptionalLong flops) {}

  /**
   * What follows the search in each arm.
   *
   * @param top how many of the best architectures are trained longer from scratch; 0 ends the
   *     search with its best trial
   * @param epochs of that training
   * @param finalEpochs of the chosen one's training on training and validation images
   */
  public record Retraining(int top, int epochs, int finalEpochs) {}
}
