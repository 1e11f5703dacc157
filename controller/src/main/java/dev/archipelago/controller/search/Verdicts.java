package dev.archipelago.controller.search;

import dev.archipelago.protocol.trial.Arm;
import dev.archipelago.protocol.trial.Measurement;
import dev.archipelago.protocol.trial.TestScore;
import java.util.Optional;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/** How the winner's network compares with others on the test images. */
final class Verdicts {
  private Verdicts() {}

  /** With the best of the random search beside it. */
  static Optional<Comparison> withBaseline(Search search) {
    return Ranking.tested(search, Arm.MAIN)
        .flatMap(
            winner ->
                Ranking.tested(search, Arm.BASELINE)
                    .flatMap(other -> compare(search, winner, other)));
  }

  /** With every published network that could be tested, by name. */
  static PSortedMap<String, Comparison> withReferences(Search search) {
    PSortedMap<String, Comparison> comparisons = TreePMap.empty();
    Optional<Trial> winner = Ranking.tested(search, Arm.MAIN);
    if (winner.isEmpty()) {
      return comparisons;
    }
    for (Trial reference : Ranking.references(search)) {
      Optional<Comparison> comparison = compare(search, winner.get(), reference);
      if (comparison.isPresent()) {
        comparisons =
            comparisons.plus(
                search.spec().baselines().name(reference.architecture()), comparison.get());
      }
    }
    return comparisons;
  }

  /** Empty where a program told how many images it classified rightly, and not which. */
  private static Optional<Comparison> compare(Search search, Trial first, Trial second) {
    Optional<TestScore> a = first.measurement().flatMap(Measurement::test);
    Optional<TestScore> b = second.measurement().flatMap(Measurement::test);
    if (a.isEmpty() || b.isEmpty() || !isItemised(a.get()) || !isItemised(b.get())) {
      return Optional.empty();
    }
    if (a.get().score().examples() != b.get().score().examples()) {
      return Optional.empty();
    }
    return Optional.of(
        Comparison.paired(
            a.get().correct(),
            b.get().correct(),
            a.get().score().examples(),
            Seeds.bootstrap(search.spec().seed())));
  }

  private static boolean isItemised(TestScore test) {
    return test.score().examples() > 0
        && (!test.correct().isEmpty() || test.score().accuracy() == 0);
  }
}
