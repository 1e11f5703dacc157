package dev.archipelago.worker.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TorchBuildTest {
  @TempDir Path directory;
  private final Set<String> opened = new HashSet<>();

  /** A machine on which these libraries can be opened, and no others. */
  private CudaLibraries machine(Predicate<String> has, Path... directories) {
    Function<String, Optional<String>> open =
        library -> {
          if (has.test(library)) {
            opened.add(library);
            return Optional.empty();
          }
          return Optional.of(library + ": cannot open");
        };
    return new CudaLibraries(open, List.of(directories));
  }

  @Test
  void aPlainBuildOpensNothing() {
    TorchBuild build = BuildChoice.of(false, machine(library -> true));
    assertThat(build).isInstanceOf(TorchBuild.Cpu.class);
    assertThat(build.whyNoGpu().orElseThrow()).contains("mvn -Pcuda");
    assertThat(opened).isEmpty();
  }

  @Test
  void withoutADriverTheCpuWorksAndSaysWhy() {
    TorchBuild build = BuildChoice.of(true, machine(library -> false));
    assertThat(build).isInstanceOf(TorchBuild.Fallback.class);
    assertThat(build.whyNoGpu().orElseThrow())
        .contains("no NVIDIA driver", "libcuda.so.1: cannot open", "580");
  }

  @Test
  void namesTheLibrariesThatAreMissing() {
    TorchBuild build =
        BuildChoice.of(
            true, machine(library -> !library.contains("cudnn") && !library.contains("nccl")));
    assertThat(build.whyNoGpu().orElseThrow())
        .contains("libcudnn.so.9, libnccl.so.2", CudaLibraries.VARIABLE)
        .doesNotContain("libcublas")
        .doesNotContain("libcudnn_ops"); // comes with cuDNN
  }

  @Test
  void theSystemsLibrariesAreEnough() {
    TorchBuild build = BuildChoice.of(true, machine(library -> true));
    assertThat(build).isEqualTo(new TorchBuild.Cuda());
    assertThat(build.whyNoGpu()).isEmpty();
    assertThat(opened).contains("libcublas.so.13").allMatch(library -> !library.contains("/"));
  }

  @Test
  void findsLibrariesInAPythonInstallation() throws IOException {
    Path lib = Files.createDirectories(directory.resolve("nvidia/cudnn/lib"));
    Path cudnn = Files.createFile(lib.resolve("libcudnn.so.9"));
    List<Path> named = CudaLibraries.directories("/nowhere:" + directory.resolve("nvidia"));
    assertThat(named).contains(lib, Path.of("/nowhere"));
    Predicate<String> has = library -> library.contains("/") || !library.equals("libcudnn.so.9");
    TorchBuild build = BuildChoice.of(true, machine(has, named.toArray(Path[]::new)));
    assertThat(build).isEqualTo(new TorchBuild.Cuda());
    assertThat(opened).contains(cudnn.toString());
  }

  @Test
  void saysWhatIsWrongWithALibraryThatIsThere() throws IOException {
    Files.createFile(directory.resolve("libnccl.so.2"));
    TorchBuild build =
        BuildChoice.of(true, machine(library -> !library.contains("nccl"), directory));
    assertThat(build.whyNoGpu().orElseThrow()).contains("libnccl.so.2: cannot open)");
  }

  @Test
  void whatIsLoadedHereIsOneBuildAndNoMixture() throws IOException {
    TorchEngine.onCpu().close(); // loads the library
    Path mapped = Path.of("/proc/self/maps");
    assumeTrue(Files.exists(mapped), "only Linux tells what a process has loaded");
    try (Stream<String> maps = Files.lines(mapped)) {
      Set<Boolean> kinds = new HashSet<>();
      maps.filter(line -> line.matches(".*/lib(torch|c10|jnitorch)[^/]*\\.so"))
          .forEach(line -> kinds.add(line.contains("-gpu/")));
      assertThat(kinds).containsExactly(TorchBuild.chosen() instanceof TorchBuild.Cuda);
    }
  }
}
