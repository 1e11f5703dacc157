package dev.archipelago.deploy.cli;

import dev.archipelago.controller.tabular.Table;
import dev.archipelago.controller.tabular.TableException;
import dev.archipelago.controller.tabular.TabularBench;
import dev.archipelago.deploy.exit.CommandException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The table that a simulation runs on. */
final class TableOption {
  private static final String TEST_DATA = "ARCHIPELAGO_TEST_DATA";
  private static final String IN_TEST_DATA = "nas-tables/nasbench201.csv.gz";

  @Option(
      names = "--table",
      paramLabel = "FILE",
      description = "NAS-Bench-201 as .csv or .csv.gz; else the one in " + TEST_DATA + ".")
  private @Nullable Path table;

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
