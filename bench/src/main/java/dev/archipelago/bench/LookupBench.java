package dev.archipelago.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.archipelago.controller.tabular.Entry;
import dev.archipelago.controller.tabular.Table;
import dev.archipelago.controller.tabular.TestSet;
import dev.archipelago.protocol.space.Architecture;
import dev.archipelago.protocol.space.Decision;
import dev.archipelago.protocol.space.NasBench201Space;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/**
 * What the published table of NAS-Bench-201 says of the cells that real searches found: their
 * CIFAR-10 test accuracy after 200 epochs of the benchmark's own training. The searches never see
 * it.
 */
public final class LookupBench {
  private LookupBench() {}

  /**
   * @param arguments the table, then what {@code archipelago search --json} printed, a file each
   */
  public static void main(String[] arguments) throws IOException {
    Table table = Table.read(Path.of(arguments[0]));
    List<Double> winners = new ArrayList<>();
    List<Double> baselines = new ArrayList<>();
    System.out.println("| search | cell | CIFAR-10, percent | random search's cell |");
    System.out.println("|---|---|---|---|");
    for (String file : List.of(arguments).subList(1, arguments.length)) {
      JsonNode search = new ObjectMapper().readTree(Path.of(file).toFile());
      Architecture winner = cell(search.path("winner").path("architecture"));
      double accuracy = accuracy(table, winner);
      winners.add(accuracy);
      String beside = "";
      JsonNode random = search.path("baseline").path("architecture");
      if (random.isObject()) {
        double baseline = accuracy(table, cell(random));
        baselines.add(baseline);
        beside = say("%.2f", baseline);
      }
      System.out.printf(
          Locale.ROOT,
          "| %s | `%s` | %.2f | %s |%n",
          Path.of(file).getFileName().toString().replace(".json", ""),
          NasBench201Space.toText(winner).replace("|", "\\|"),
          accuracy,
          beside);
    }
    System.out.println();
    System.out.println("searches: " + moments(winners));
    if (!baselines.isEmpty()) {
      System.out.println("random search: " + moments(baselines));
    }
    List<Double> all =
        table.entries().stream()
            .map(entry -> entry.test(TestSet.CIFAR10))
            .flatMapToDouble(accuracy -> accuracy.stream())
            .map(accuracy -> 100 * accuracy)
            .boxed()
            .toList();
    System.out.println("every cell of the table: " + moments(all));
  }

  /** As a status document has it: the option of every decision, by the decision's name. */
  static Architecture cell(JsonNode options) {
    List<Integer> values = new ArrayList<>();
    for (Decision decision : new NasBench201Space(16, 5).decisions()) {
      int value = decision.valueOf(options.path(decision.name()).asText());
      if (value < 0) {
        throw new IllegalArgumentException("no cell of NAS-Bench-201: " + options);
      }
      values.add(value);
    }
    return new Architecture(NasBench201Space.KIND, values);
  }

  private static double accuracy(Table table, Architecture cell) {
    Entry entry =
        table
            .find(cell)
            .orElseThrow(() -> new IllegalArgumentException("not in the table: " + cell.values()));
    return 100 * entry.test(TestSet.CIFAR10).orElseThrow();
  }

  private static String moments(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    double mean = DoubleStream.of(sorted).average().orElseThrow();
    double median = (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    return say(
        "%,d, mean %.2f, median %.2f, from %.2f to %.2f",
        sorted.length, mean, median, sorted[0], sorted[sorted.length - 1]);
  }

  private static String say(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
