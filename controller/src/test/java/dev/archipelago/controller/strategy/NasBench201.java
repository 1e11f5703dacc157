package dev.archipelago.controller.strategy;

import dev.archipelago.protocol.space.Architecture;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * NAS-Bench-201's table (arXiv:2001.00326) for {@link EdgeSpace}: validation accuracy on CIFAR-10
 * after 12 epochs, as a fraction.
 */
public record NasBench201(Map<List<Integer>, Double> accuracies) {
  private static final String FILE = "nasbench201.csv.gz";

  public NasBench201 {
    accuracies = Map.copyOf(accuracies);
  }

  /**
   * The table, if it is there: in the directory that {@code -Darchipelago.nas-tables} names, or in
   * {@code shared/data/nas-tables} of a directory above this one.
   */
  public static Optional<Path> find() {
    Stream<Path> directories =
        Stream.iterate(Path.of("").toAbsolutePath(), path -> path != null, Path::getParent)
            .map(path -> path.resolve("shared/data/nas-tables"));
    String given = System.getProperty("archipelago.nas-tables");
    return (given == null ? directories : Stream.of(Path.of(given)))
        .map(directory -> directory.resolve(FILE))
        .filter(Files::exists)
        .findFirst();
  }

  public static NasBench201 read(Path file) throws IOException {
    Map<List<Integer>, Double> accuracies = new HashMap<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      List<String> header = List.of(lines.readLine().split(",", -1));
      int architecture = header.indexOf("arch");
      int accuracy = header.indexOf("c10_val_e12");
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] fields = line.split(",", -1);
        accuracies.put(values(fields[architecture]), Double.parseDouble(fields[accuracy]) / 100);
      }
    }
    return new NasBench201(accuracies);
  }

  /** {@code |a~0|+|b~0|c~1|+|d~0|e~1|f~2|} to six operations. */
  private static List<Integer> values(String text) {
    return Arrays.stream(text.split("[|+]+", -1))
        .filter(edge -> !edge.isEmpty())
        .map(edge -> EdgeSpace.OPERATIONS.indexOf(edge.substring(0, edge.indexOf('~'))))
        .toList();
  }

  public double accuracy(Architecture architecture) {
    return accuracies.get(architecture.values());
  }
}
