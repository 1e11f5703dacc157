package dev.archipelago.controller.strategy;

import dev.archipelago.protocol.space.Architecture;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * NAS-Bench-201's table (arXiv:2001.00326) for {@link EdgeSpace}, and searches under its authors'
 * protocol: validation accuracy on CIFAR-10 after 12 epochs is all that a search sees.
 */
public record NasBench201(Map<List<Integer>, Row> rows) {
  private static final String FILE = "nasbench201.csv.gz";

  /** Of the protocol, in seconds of simulated training. */
  private static final double BUDGET = 12_000;

  public NasBench201 {
    rows = Map.copyOf(rows);
  }

  /**
   * One architecture; accuracies as fractions.
   *
   * @param validation on CIFAR-10 after 12 epochs
   * @param seconds that those 12 epochs took
   */
  public record Row(
      double validation, double seconds, double cifar10, double cifar100, double imageNet16) {}

  /**
   * The table, if it is there: in the directory that {@code -Darchipelago.nas-tables} names, in
   * {@code nas-tables} of the one that {@code ARCHIPELAGO_TEST_DATA} names, or in {@code
   * shared/data/nas-tables} of a directory above this one.
   */
  public static Optional<Path> find() {
    Stream<Path> above =
        Stream.iterate(Path.of("").toAbsolutePath(), path -> path != null, Path::getParent)
            .map(path -> path.resolve("shared/data/nas-tables"));
    Stream<Path> given =
        Stream.ofNullable(System.getProperty("archipelago.nas-tables")).map(Path::of);
    Stream<Path> environment =
        Stream.ofNullable(System.getenv("ARCHIPELAGO_TEST_DATA"))
            .map(data -> Path.of(data).resolve("nas-tables"));
    return Stream.of(given, environment, above)
        .flatMap(directories -> directories)
        .map(directory -> directory.resolve(FILE))
        .filter(Files::exists)
        .findFirst();
  }

  public static NasBench201 read(Path file) throws IOException {
    Map<List<Integer>, Row> rows = new HashMap<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      List<String> header = List.of(lines.readLine().split(",", -1));
      int architecture = header.indexOf("arch");
      int validation = header.indexOf("c10_val_e12");
      int seconds = header.indexOf("c10_train_s_per_epoch");
      int cifar10 = header.indexOf("c10_test_e200");
      int cifar100 = header.indexOf("c100_test_e200");
      int imageNet = header.indexOf("in16_test_e200");
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] fields = line.split(",", -1);
        rows.put(
            values(fields[architecture]),
            new Row(
                Double.parseDouble(fields[validation]) / 100,
                12 * Double.parseDouble(fields[seconds]),
                Double.parseDouble(fields[cifar10]) / 100,
                Double.parseDouble(fields[cifar100]) / 100,
                Double.parseDouble(fields[imageNet]) / 100));
      }
    }
    return new NasBench201(rows);
  }

  /** {@code |a~0|+|b~0|c~1|+|d~0|e~1|f~2|} to six operations. */
  private static List<Integer> values(String text) {
    return Arrays.stream(text.split("[|+]+", -1))
        .filter(edge -> !edge.isEmpty())
        .map(edge -> EdgeSpace.OPERATIONS.indexOf(edge.substring(0, edge.indexOf('~'))))
        .toList();
  }

  public Row row(Architecture architecture) {
    return rows.get(architecture.values());
  }

  /** What a search sees. */
  public double accuracy(Architecture architecture) {
    return row(architecture).validation();
  }

  /** How many trainings the protocol's budget pays for, on average over the table. */
  public int trials() {
    double mean = rows.values().stream().mapToDouble(Row::seconds).average().orElseThrow();
    return (int) (BUDGET / mean);
  }

  /** As the three-argument {@code search}, one training at a time. */
  public Row search(StrategyKind kind, long seed) {
    return search(kind, 1, seed);
  }

  /**
   * The best by validation of one search under the protocol. A duplicate costs its time like any
   * other, and the training that crosses the budget counts, as in the authors' loop.
   *
   * @param window proposal n is asked when the outcomes up to n - window were told
   */
  public Row search(StrategyKind kind, int window, long seed) {
    Strategy strategy = kind.start(new StrategyContext(new EdgeSpace(), trials(), seed));
    List<Architecture> proposals = new ArrayList<>();
    Row best = new Row(0, 0, 0, 0, 0);
    double spent = 0;
    for (int n = 0; spent < BUDGET; n++) {
      if (n >= window) {
        Architecture done = proposals.get(n - window);
        OptionalDouble reward = OptionalDouble.of(accuracy(done));
        strategy = strategy.tell(new Told(n - window, done, reward));
      }
      Architecture architecture = Searches.ask(strategy, n, seed);
      strategy = strategy.proposed(n, architecture);
      proposals.add(architecture);
      Row row = row(architecture);
      spent += row.seconds();
      best = row.validation() > best.validation() ? row : best;
    }
    return best;
  }
}
