package dev.archipelago.deploy.cli;

import dev.archipelago.controller.tabular.Table;
import dev.archipelago.controller.tabular.TableException;
import dev.archipelago.controller.tabular.TabularBench;
import dev.archipelago.deploy.exit.CommandException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What simulated searches run on: a table, so much of its clock, and a seed. */
final class SimulationOptions {
  private static final String TEST_DATA = "ARCHIPELAGO_TEST_DATA";
  private static final String IN_TEST_DATA = "nas-tables/nasbench201.csv.gz";

  @Option(
      names = "--table",
      paramLabel = "FILE",
      description = "NAS-Bench-201 as .csv or .csv.gz; else the one in " + TEST_DATA + ".")
  private @Nullable Path table;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      description = "Budget of one search on the simulated clock; else 12000.")
  private double seconds = 12_000;

  @Option(names = "--seed", paramLabel = "SEED", description = "Of all searches together; else 1.")
  private long seed = 1;

  void check() {
    if (!(seconds > 0 && seconds <= 1e9)) {
      throw CommandException.badInput("--seconds must be more than 0 and at most 1e9");
    }
  }

  double seconds() {
    return seconds;
  }

  long seed() {
    return seed;
  }

  TabularBench bench(Map<String, String> environment) {
    try {
      return new TabularBench(Table.read(file(environment)));
    } catch (TableException e) {
      throw CommandException.badInput(String.valueOf(e.getMessage()));
    }
  }

  private Path file(Map<String, String> environment) {
    if (table != null) {
      return table;
    }
    String data = environment.getOrDefault(TEST_DATA, "");
    if (data.isBlank()) {
      throw CommandException.badInput(
          "give --table FILE: NAS-Bench-201 as CSV, one architecture a line. It is not part of the"
              + " product; docs/search-quality.md names its columns and where they come from. "
              + TEST_DATA
              + " may name a directory that holds "
              + IN_TEST_DATA);
    }
    return Path.of(data).resolve(IN_TEST_DATA);
  }
}
