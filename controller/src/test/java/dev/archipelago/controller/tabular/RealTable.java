package dev.archipelago.controller.tabular;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** The whole table, which is not part of the product. */
public final class RealTable {
  private static final String FILE = "nas-tables/nasbench201.csv.gz";

  private RealTable() {}

  /** In the directory of test data, or in {@code shared/data} of a directory above this one. */
  public static Path file() {
    Stream<Path> directories =
        Stream.iterate(Path.of("").toAbsolutePath(), path -> path != null, Path::getParent)
            .map(path -> path.resolve("shared/data"));
    String given = System.getenv("ARCHIPELAGO_TEST_DATA");
    Optional<Path> found =
        (given == null ? directories : Stream.of(Path.of(given)))
            .map(directory -> directory.resolve(FILE))
            .filter(Files::exists)
            .findFirst();
    assumeTrue(found.isPresent(), "no " + FILE + ": name its directory in ARCHIPELAGO_TEST_DATA");
    return found.orElseThrow();
  }

  /** Skips the test where it is missing. */
  public static Table read() {
    return Table.read(file());
  }
}
