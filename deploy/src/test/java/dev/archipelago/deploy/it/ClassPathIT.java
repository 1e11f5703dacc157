package dev.archipelago.deploy.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What a build leaves as the runnable class path: the natives that were asked for, and no others.
 */
class ClassPathIT {
  private static final Path LIB = Path.of(System.getProperty("archipelago.lib"));

  @Test
  void holdsNativesForGpusOnlyWhereTheyWereAskedFor() throws IOException {
    String builtFor = Files.readString(LIB.resolveSibling("gpu"));
    List<String> forGpus = jars("(cuda-|nd4j-cuda|.*-gpu\\.jar).*");
    if (builtFor.contains("cuda")) {
      assertThat(forGpus).isNotEmpty();
    } else {
      assertThat(forGpus).isEmpty();
    }
  }

  @Test
  void holdsOneVersionOfTheNatives() throws IOException {
    assertThat(jars("pytorch-[0-9.-]+\\.jar")).hasSize(1);
    assertThat(jars("javacpp-[0-9.-]+\\.jar")).hasSize(1);
  }

  private static List<String> jars(String pattern) throws IOException {
    try (Stream<Path> files = Files.list(LIB)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.matches(pattern))
          .toList();
    }
  }
}
