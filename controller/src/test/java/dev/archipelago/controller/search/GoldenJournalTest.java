package dev.archipelago.controller.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.archipelago.controller.journal.JournalBytes;
import dev.archipelago.controller.journal.RecordedSpecs;
import dev.archipelago.controller.view.StateHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Journals that an earlier build wrote are read by this one, and a search that was interrupted then
 * goes on now to the end that it would have had.
 *
 * <p>Where this fails, searches of users could not be resumed after an update. A change that is
 * meant to part with the past raises the strategy's version of its algorithm, or {@code
 * Commit.SCHEMA}; then {@code -Darchipelago.golden=true} writes new files.
 */
class GoldenJournalTest {
  private static final Path DIRECTORY = Path.of("src/test/resources/journals");
  private static final boolean WRITE = Boolean.getBoolean("archipelago.golden");

  /**
   * A whole search.
   *
   * @param hash of its last state
   */
  record Golden(String name, String hash, String spec) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Golden> journals() {
    return List.of(
        new Golden("reinforce", "c9899589f92f191f", Specs.reinforce(12)),
        new Golden("ppo-median-stopping", "dfab6067b4d05bba", table("ppo", "median-stopping")),
        new Golden("evolution-asha", "ae89c0462d2a2e0a", table("evolution", "asha")),
        new Golden(
            "local-search-halving",
            "3f2998991d82336a",
            table("local-search", "successive-halving")),
        new Golden("predictor-hyperband", "8ded642baae3a2ad", table("predictor", "hyperband")));
  }

  private static String table(String strategy, String schedule) {
    return """
        space: {kind: nasbench201}
        strategy: {kind: %s, window: 4}
        schedule: {kind: %s, rungs: [12, 200]}
        evaluation: {table: /made-up.csv}
        baseline: random
        budget: {trials: 20}
        retrain: {top: 2}
        seed: 3
        """
        .formatted(strategy, schedule);
  }

  @ParameterizedTest
  @MethodSource("journals")
  void isReadAndGoesOn(Golden golden) throws IOException {
    if (WRITE) {
      List<Fact> facts = Simulation.start(golden.spec(), 1).run(2).facts();
      Files.write(file(golden.name()), JournalBytes.compressed(facts));
    }
    List<Fact> facts = JournalBytes.decompressed(Files.readAllBytes(file(golden.name())));

    Search whole = fold(facts);
    assertThat(whole.status()).isEqualTo(SearchStatus.COMPLETED);
    assertThat(StateHash.of(whole)).isEqualTo(golden.hash());

    Search half = fold(facts.subList(0, facts.size() / 2));
    assertThat(half.status()).isEqualTo(SearchStatus.RUNNING);
    Search end = Simulation.resume(half, 1).run(2).search();
    assertThat(StateHash.of(end)).isEqualTo(golden.hash());
    assertThat(architectures(end)).isEqualTo(architectures(whole));
  }

  private static Path file(String name) {
    return DIRECTORY.resolve(name + ".gz");
  }

  private static Search fold(List<Fact> facts) {
    SearchFold fold = new SearchFold(new RecordedSpecs());
    Optional<Search> search = Optional.empty();
    for (Fact fact : facts) {
      search = Optional.of(fold.apply(search, fact));
    }
    return search.orElseThrow();
  }

  private static List<List<Integer>> architectures(Search search) {
    return search.trials().stream().map(trial -> trial.architecture().values()).toList();
  }
}
