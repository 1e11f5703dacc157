package dev.archipelago.controller.strategy.reinforce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.archipelago.controller.strategy.EdgeSpace;
import dev.archipelago.controller.strategy.NasBench201;
import dev.archipelago.controller.strategy.Searches;
import dev.archipelago.controller.strategy.Settings;
import dev.archipelago.controller.strategy.StrategyKind;
import dev.archipelago.controller.strategy.random.RandomSearch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The default settings against random search on real accuracies, at equal numbers of trials. */
class NasBench201Test {
  private static final int RUNS = 30;
  private static final int WINDOW = 8;

  private static NasBench201 table;

  @BeforeAll
  static void readTable() throws IOException {
    Optional<Path> file = NasBench201.find();
    assumeTrue(
        file.isPresent(), "no nasbench201.csv.gz: give its directory as -Darchipelago.nas-tables");
    table = NasBench201.read(file.orElseThrow());
  }

  @Test
  void knowsTheWholeSpace() {
    assertThat(table.accuracies()).hasSize(15_625);
    assertThat(table.accuracies().values().stream().mapToDouble(a -> a).max())
        .hasValueCloseTo(0.8489, within(5e-5));
  }

  @Test
  void findsBetterNetworksThanRandomSearchWithinAHundredTrials() {
    int trials = 110;
    double random = meanBest(new RandomSearch(), trials);
    double reinforce = meanBest(Reinforce.read(trials, Settings.none()), trials);
    assertThat(random).isBetween(0.835, 0.840); // published protocol: 0.8374
    assertThat(reinforce).isGreaterThan(random + 0.003);
  }

  @Test
  void samplesBetterNetworksThanRandomSearchWithinFortyTrials() {
    int trials = 40;
    StrategyKind reinforce = Reinforce.read(trials, Settings.none());
    assertThat(meanOfLast(reinforce, trials, 10))
        .isGreaterThan(meanOfLast(new RandomSearch(), trials, 10) + 0.015);
  }

  private static double meanBest(StrategyKind kind, int trials) {
    return mean(kind, trials, 0, true);
  }

  private static double meanOfLast(StrategyKind kind, int trials, int last) {
    return mean(kind, trials, trials - last, false);
  }

  private static double mean(StrategyKind kind, int trials, int from, boolean best) {
    return LongStream.range(0, RUNS)
        .parallel()
        .mapToObj(
            seed ->
                Searches.run(kind, new EdgeSpace(), trials, WINDOW, seed, table::accuracy).stream()
                    .skip(from)
                    .mapToDouble(table::accuracy)
                    .summaryStatistics())
        .mapToDouble(seen -> best ? seen.getMax() : seen.getAverage())
        .average()
        .orElseThrow();
  }
}
