package dev.archipelago.controller.search;

import dev.archipelago.controller.spec.Evaluator;
import dev.archipelago.controller.spec.SearchSpec;
import dev.archipelago.controller.strategy.Ask;
import dev.archipelago.controller.strategy.Heredity;
import dev.archipelago.protocol.trial.Arm;
import dev.archipelago.protocol.trial.Measurement;
import dev.archipelago.protocol.trial.Stage;
import dev.archipelago.protocol.trial.Start;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Which trials begin with the weights of others.
 *
 * <p>Where a strategy grows its networks ({@link Heredity.Growth}), a child is trained as long as
 * its parent was, on top of it: its generation has as many cumulative epochs, and the strategy
 * compares within it.
 *
 * <p>Where the spec has children inherit from their parents, all trials end at equal cumulative
 * epochs: a child starts with what its parent was after a share of its own part of the training,
 * and trains the rest. When nothing of it is left, a child is trained from fresh weights.
 */
public final class Heritage {
  /** Generations into which a training is divided. */
  private static final int GENERATIONS = 3;

  private Heritage() {}

  /** The trial with whose weights a proposal begins. */
  static OptionalInt donor(Search search, Arm arm, Ask.Propose propose) {
    if (propose.parent().isEmpty() || !inherits(search.spec(), arm)) {
      return OptionalInt.empty();
    }
    Integer number = search.arm(arm).latest().get(propose.parent().getAsInt());
    return number != null && checkpoint(search.trial(number)).isPresent()
        ? OptionalInt.of(number)
        : OptionalInt.empty(); // it failed, broke a limit, or has nothing left to leave
  }

  private static boolean inherits(SearchSpec spec, Arm arm) {
    boolean chosen = spec.evaluator() instanceof Evaluator.Engine engine && engine.inheriting();
    return arm == Arm.MAIN && (chosen || growth(spec).isPresent());
  }

  private static Optional<Heredity.Growth> growth(SearchSpec spec) {
    return spec.strategy().heredity() instanceof Heredity.Growth growth
        ? Optional.of(growth)
        : Optional.empty();
  }

  private static Optional<String> checkpoint(Trial trial) {
    return trial.measurement().flatMap(Measurement::checkpoint);
  }

  /** The weights of a trial with a donor. */
  static Start start(Search search, Trial trial) {
    Trial donor = search.trial(trial.lineage().donor().orElseThrow());
    String checkpoint = checkpoint(donor).orElseThrow();
    Optional<Heredity.Growth> growth = growth(search.spec());
    return growth.isPresent()
        ? new Start.Growth(checkpoint, search.plan(donor), growth.get().noise())
        : new Start.Inheritance(checkpoint, inherited(search, trial));
  }

  /** The epoch after which a trial's checkpoint is kept for its children. */
  static OptionalInt heirs(Search search, Trial trial) {
    if (trial.stage() != Stage.SEARCH || !inherits(search.spec(), trial.arm())) {
      return OptionalInt.empty();
    }
    int epochs = search.spec().training().epochs();
    if (growth(search.spec()).isPresent()) {
      return OptionalInt.of(epochs);
    }
    int share = (epochs + GENERATIONS - 1) / GENERATIONS;
    int kept = inherited(search, trial) + share;
    return kept < epochs ? OptionalInt.of(kept) : OptionalInt.empty();
  }

  /** Epochs of its training that a trial's ancestors have done. */
  private static int inherited(Search search, Trial trial) {
    OptionalInt donor = trial.lineage().donor();
    return donor.isEmpty() ? 0 : heirs(search, search.trial(donor.getAsInt())).orElseThrow();
  }

  /**
   * Epochs of training behind the weights that a trial of stage SEARCH ends with, those of its
   * ancestors among them.
   */
  public static int cumulativeEpochs(Search search, Trial trial) {
    return trainings(search, trial) * search.spec().training().epochs();
  }

  /** How many whole trainings that is: more than one where networks grow. */
  static int trainings(Search search, Trial trial) {
    if (growth(search.spec()).isEmpty()) {
      return 1;
    }
    int trainings = 1;
    OptionalInt donor = trial.lineage().donor();
    while (donor.isPresent()) {
      trainings++;
      donor = search.trial(donor.getAsInt()).lineage().donor();
    }
    return trainings;
  }
}
