package dev.archipelago.deploy.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.archipelago.deploy.support.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a build leaves as the runnable class path: the natives that were asked for, no others. */
class ClassPathIT {
  private static final Path LIB = Path.of(System.getProperty("archipelago.lib"));

  @Test
  void holdsNativesForGpusOnlyWhereTheyWereAskedFor() throws IOException {
    String builtFor = Files.readString(LIB.resolveSibling("gpu"));
    assertThat(jars("pytorch-.*-gpu\\.jar")).hasSize(builtFor.contains("torch cuda") ? 1 : 0);
    boolean nd4j = builtFor.contains("dl4j cuda");
    assertThat(jars("nd4j-cuda-[0-9.]+-[0-9].*-[a-z].*\\.jar")).hasSize(nd4j ? 1 : 0);
    assertThat(jars("cuda-.*")).hasSize(nd4j ? 2 : 0); // what ND4J calls it by, and its natives
  }

  @Test
  void holdsOneVersionOfTheNatives() throws IOException {
    assertThat(jars("pytorch-[0-9.-]+\\.jar")).hasSize(1);
    assertThat(jars("javacpp-[0-9.-]+\\.jar")).hasSize(1);
  }

  /**
   * Which makes every start about twice as fast, and is passed over in silence where it is wrong.
   */
  @Test
  void startsFromItsArchiveOfClasses(@TempDir Path directory) throws IOException {
    Path jdks = Path.of(System.getProperty("java.home"), "lib", "server", "classes.jsa");
    assumeTrue(Files.exists(jdks), "this JDK comes without an archive to add to");
    Path log = directory.resolve("loaded.log");
    Map<String, String> verbose = Map.of("JAVA_TOOL_OPTIONS", "-Xlog:class+load:file=" + log);
    try (Program program = new Program(directory, verbose)) {
      assertThat(program.run("--version").exit()).isZero();
    }
    assertThat(Files.readAllLines(log))
        .anyMatch(line -> line.contains("dev.archipelago.deploy.Main source: shared objects file"));
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
