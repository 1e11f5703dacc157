package dev.archipelago.controller.strategy.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.archipelago.controller.settings.Settings;
import dev.archipelago.controller.strategy.NasBench201;
import dev.archipelago.controller.strategy.Strategies;
import dev.archipelago.controller.strategy.StrategyKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The default settings under NAS-Bench-201's protocol against what its authors published (Dong and
 * Yang 2020, arXiv:2001.00326, Table 5). Their 500 runs are {@code docs/papers.md}'s matter; here
 * are as many as take a few seconds.
 */
class PolicySearchTest {
  private static final int RUNS = 60;

  private static NasBench201 table;

  @BeforeAll
  static void readTable() throws IOException {
    Optional<Path> file = NasBench201.find();
    assumeTrue(
        file.isPresent(), "no nasbench201.csv.gz: give its directory as -Darchipelago.nas-tables");
    table = NasBench201.read(file.orElseThrow());
  }

  /** Random search's figures show that the harness keeps to the protocol: 93.75 / 71.2 / 44.8. */
  @Test
  void randomSearchFindsWhatItShould() {
    List<NasBench201.Row> found = search("random");
    assertThat(mean(found, NasBench201.Row::cifar10)).isCloseTo(93.76, within(0.15));
    assertThat(mean(found, NasBench201.Row::cifar100)).isCloseTo(71.2, within(0.45));
    assertThat(mean(found, NasBench201.Row::imageNet16)).isCloseTo(44.8, within(0.5));
  }

  @ParameterizedTest
  @ValueSource(strings = {"reinforce", "ppo"})
  void findsMoreThanThePublishedReinforce(String kind) {
    List<NasBench201.Row> found = search(kind);
    assertThat(mean(found, NasBench201.Row::cifar10)).isGreaterThan(93.92);
    assertThat(mean(found, NasBench201.Row::cifar100)).isGreaterThan(71.8);
    assertThat(mean(found, NasBench201.Row::imageNet16)).isGreaterThan(45.3);
  }

  private static List<NasBench201.Row> search(String name) {
    StrategyKind kind = Strategies.of(name, table.trials(), Settings.none());
    return LongStream.range(0, RUNS).parallel().mapToObj(seed -> table.search(kind, seed)).toList();
  }

  private static double mean(List<NasBench201.Row> rows, ToDoubleFunction<NasBench201.Row> set) {
    return 100 * rows.stream().mapToDouble(set).average().orElseThrow();
  }
}
