package dev.archipelago.controller.search;

import dev.archipelago.protocol.space.Architecture;
import dev.archipelago.protocol.trial.Arm;
import dev.archipelago.protocol.trial.Stage;
import dev.archipelago.protocol.trial.TrialState;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Who is best, on validation data alone. */
public final class Ranking {
  private Ranking() {}

  /**
   * Completed trials of an arm's stage, the best first: the highest rung, the most epochs of
   * ancestors, the largest reward, the earliest.
   */
  public static Stream<Trial> ranked(Search search, Arm arm, Stage stage) {
    return search
        .trials(arm, stage)
        .filter(trial -> trial.state() == TrialState.COMPLETED && trial.reward().isPresent())
        .sorted(bestFirst(search));
  }

  /**
   * Rewards of different rungs cannot be compared, nor those of different cumulative epochs; who
   * came further was better on the way.
   */
  private static Comparator<Trial> bestFirst(Search search) {
    return Comparator.comparingInt((Trial trial) -> -trial.lineage().rung())
        .thenComparingInt(trial -> -Heritage.trainings(search, trial))
        .thenComparingDouble(trial -> -trial.reward().orElseThrow())
        .thenComparingInt(Trial::number);
  }

  /**
   * The different networks that are retrained: those that the strategy names, where it does and
   * they keep the limits, else the best of stage SEARCH.
   */
  static List<Architecture> finalists(Search search, Arm arm) {
    Set<String> seen = new HashSet<>();
    return candidates(search, arm)
        .filter(architecture -> seen.add(search.spec().space().fingerprint(architecture)))
        .limit(search.spec().retraining().top())
        .toList();
  }

  private static Stream<Architecture> candidates(Search search, Arm arm) {
    return search
        .arm(arm)
        .strategy()
        .finalists()
        .map(named -> named.stream().filter(one -> Limits.broken(search, one).isEmpty()))
        .orElseGet(() -> ranked(search, arm, Stage.SEARCH).map(Trial::architecture));
  }

  /** Whether stage SEARCH has found a network to go on with. */
  static boolean hasAny(Search search, Arm arm) {
    return candidates(search, arm).findAny().isPresent();
  }

  /** The trial with the one test score of an arm. */
  public static Optional<Trial> tested(Search search, Arm arm) {
    return search
        .trials(arm, Stage.FINAL)
        .filter(trial -> trial.state() == TrialState.COMPLETED)
        .findFirst();
  }

  /** Published networks that were trained and tested, in the order of the spec. */
  public static List<Trial> references(Search search) {
    return search
        .trials(Arm.REFERENCE, Stage.FINAL)
        .filter(trial -> trial.state() == TrialState.COMPLETED)
        .toList();
  }

  /** The retrained trial whose network an arm's {@code tested} trial has, or the best so far. */
  public static Optional<Trial> chosen(Search search, Arm arm) {
    Optional<Trial> tested = tested(search, arm);
    Optional<Trial> retrained =
        ranked(search, arm, Stage.RETRAIN)
            .filter(
                trial ->
                    tested.isEmpty() || tested.get().architecture().equals(trial.architecture()))
            .findFirst();
    return retrained.isPresent() ? retrained : ranked(search, arm, Stage.SEARCH).findFirst();
  }
}
