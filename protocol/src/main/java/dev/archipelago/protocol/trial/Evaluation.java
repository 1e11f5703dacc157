package dev.archipelago.protocol.trial;

import dev.archipelago.protocol.space.Architecture;
import dev.archipelago.protocol.space.Row;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** How a worker comes to the measurement of a network. */
public sealed interface Evaluation {

  /**
   * Trains it on the worker's engine and scores it on held-out examples.
   *
   * <p>The {@link Training} says over how many epochs the learning rate falls; this one ends after
   * {@code until} of them. Where that is before the end, the checkpoint is kept for whoever goes
   * on: {@link Measurement#checkpoint}.
   *
   * @param until epochs trained at the end, 1 to the training's
   * @param start the weights that it begins with
   * @param heirs the epoch after which the checkpoint is kept for networks that inherit from it;
   *     without it the trial is worth nothing to them, so that one that cannot keep it fails
   */
  record Train(int until, Start start, OptionalInt heirs) implements Evaluation {
    /** From fresh weights, with no heirs. */
    public Train(int until) {
      this(until, new Start.Fresh(), OptionalInt.empty());
    }
  }

  /** Scores it untrained: {@link Measurement#metrics} has the score under the proxy's label. */
  record ZeroCost(Proxy proxy) implements Evaluation {}

  /**
   * Measures latency, parameters and memory only: the score is that of a network with the same
   * function.
   *
   * @param lender number of the trial that trained it
   */
  record Lent(int lender, Score validation) implements Evaluation {}

  /**
   * Runs the user's own program, which trains and scores the architecture itself.
   *
   * @param command program and arguments
   * @param timeout after which it is killed
   * @param until epochs trained at the end, 1 to the training's
   * @param configuration the same number for all trials that train one configuration further; -1 in
   *     later stages
   * @param architecture decision name to label, in the space's order
   */
  record Command(
      List<String> command,
      Duration timeout,
      int until,
      int configuration,
      Map<String, String> architecture)
      implements Evaluation {
    public Command {
      command = List.copyOf(command);
    }
  }

  /**
   * Looks it up in a table of published results; only simulated workers get it.
   *
   * @param until epochs of the training that the table tells of
   */
  record Lookup(Architecture architecture, int until) implements Evaluation {}

  /**
   * A round on shared weights; the assignment's plan is the supernet's.
   *
   * @param rows of the supernet
   */
  record Share(List<Row> rows, Round round) implements Evaluation {
    public Share {
      rows = List.copyOf(rows);
    }
  }
}
