package dev.archipelago.controller.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.archipelago.controller.settings.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Default settings under NAS-Bench-201's protocol (arXiv:2001.00326, §4), in percent; the bounds
 * leave four standard errors. {@code -Darchipelago.runs=500} prints the figures of {@code
 * docs/papers.md}.
 */
class NasBench201ProtocolTest {
  private static final int RUNS = Integer.getInteger("archipelago.runs", 200);

  private static NasBench201 table;

  @BeforeAll
  static void readTable() throws IOException {
    Optional<Path> file = NasBench201.find();
    assumeTrue(
        file.isPresent(), "no nasbench201.csv.gz: give its directory as -Darchipelago.nas-tables");
    table = NasBench201.read(file.orElseThrow());
  }

  @Test
  void randomSearchShowsThatTheProtocolIsKept() {
    Result result = run("random", RUNS, 1);
    assertBetween(result.validation(), 83.74, 83.74);
    assertBetween(result.cifar10(), 93.75, 93.78);
    assertBetween(result.cifar100(), 71.2, 71.2);
    assertBetween(result.imageNet16(), 44.8, 44.8);
  }

  @Test
  void evolutionIsWhereOthersHaveIt() {
    Result result = run("evolution", RUNS, 1);
    assertBetween(result.validation(), 84.30, 84.36);
    assertBetween(result.cifar10(), 93.97, 94.06);
    assertBetween(result.cifar100(), 72.0, 72.3);
    assertBetween(result.imageNet16(), 45.5, 45.8);
  }

  @Test
  void localSearchBeatsEvolution() {
    Result result = run("local-search", RUNS, 1);
    assertAtLeast(result.validation(), 84.62);
    assertAtLeast(result.cifar10(), 94.12);
    assertAtLeast(result.cifar100(), 72.4);
    assertAtLeast(result.imageNet16(), 45.6);
  }

  @Test
  void thePredictorBeatsThemAll() {
    Result result = run("predictor", RUNS / 4, 1);
    assertAtLeast(result.validation(), 84.65);
    assertAtLeast(result.cifar10(), 94.15);
    assertAtLeast(result.cifar100(), 72.5);
    assertAtLeast(result.imageNet16(), 45.75);
  }

  @Test
  void aWindowOfEightCostsLittle() {
    for (String kind : List.of("evolution", "local-search")) {
      Figure one = run(kind, RUNS, 1).validation();
      Figure eight = run(kind, RUNS, 8).validation();
      double error = Math.hypot(one.error(), eight.error());
      assertThat(eight.mean()).as(kind).isGreaterThan(one.mean() - 0.1 - 4 * error);
    }
  }

  /** Best validation and its three test accuracies, means over the runs. */
  private record Result(Figure validation, Figure cifar10, Figure cifar100, Figure imageNet16) {}

  /** A mean with its standard error. */
  private record Figure(double mean, double error) {
    static Figure of(List<NasBench201.Row> rows, ToDoubleFunction<NasBench201.Row> fraction) {
      double[] percent = rows.stream().mapToDouble(fraction).map(value -> 100 * value).toArray();
      double mean = 0;
      for (double value : percent) {
        mean += value / percent.length;
      }
      double squares = 0;
      for (double value : percent) {
        squares += (value - mean) * (value - mean);
      }
      return new Figure(mean, Math.sqrt(squares / (percent.length - 1) / percent.length));
    }

    @Override
    public String toString() {
      return "%.3f +- %.3f".formatted(mean, error);
    }
  }

  private static Result run(String name, int runs, int window) {
    StrategyKind kind = Strategies.of(name, table.trials(), Settings.none());
    List<NasBench201.Row> found =
        LongStream.range(0, runs)
            .parallel()
            .mapToObj(seed -> table.search(kind, window, seed))
            .toList();
    Result result =
        new Result(
            Figure.of(found, NasBench201.Row::validation),
            Figure.of(found, NasBench201.Row::cifar10),
            Figure.of(found, NasBench201.Row::cifar100),
            Figure.of(found, NasBench201.Row::imageNet16));
    System.out.printf("%s, window %d, %d runs: %s%n", name, window, runs, result);
    return result;
  }

  private static void assertBetween(Figure figure, double least, double most) {
    assertThat(figure.mean())
        .as(figure.toString())
        .isBetween(least - 4 * figure.error(), most + 4 * figure.error());
  }

  private static void assertAtLeast(Figure figure, double least) {
    assertThat(figure.mean()).as(figure.toString()).isGreaterThan(least - 4 * figure.error());
  }
}
