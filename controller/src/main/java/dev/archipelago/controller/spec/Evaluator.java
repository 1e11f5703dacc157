package dev.archipelago.controller.spec;

import java.time.Duration;
import java.util.List;

/** Who trains and scores candidates. */
public sealed interface Evaluator {

  /**
   * The workers' engine.
   *
   * @param lending whether a candidate with the same function as an earlier one takes over its
   *     score, and only what it costs is measured
   * @param inheriting whether a network that a strategy made from another begins with its weights
   */
  record Engine(boolean lending, boolean inheriting) implements Evaluator {}

  /**
   * The user's own program, which workers run once a trial.
   *
   * @param command program and arguments
   * @param timeout of one trial
   */
  record Program(List<String> command, Duration timeout) implements Evaluator {
    public Program {
      command = List.copyOf(command);
    }
  }

  /**
   * A table of published results, on a simulated clock.
   *
   * @param file absolute path of a CSV
   * @param workers simulated ones, at least 1
   */
  record Table(String file, int workers) implements Evaluator {}
}
