package dev.archipelago.deploy.device;

import dev.archipelago.worker.measure.gpu.Driver;
import dev.archipelago.worker.measure.gpu.Gpu;
import dev.archipelago.worker.measure.gpu.SharedLibraries;
import dev.archipelago.worker.torch.TorchBuild;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What an engine of this build can use of a GPU; known without loading it.
 *
 * @param name {@code torch} or {@code dl4j}
 * @param library what computes, as people call it
 * @param forCuda whether it was built for GPUs at all
 * @param cuda the release of CUDA that it needs, 13.0 as 130
 * @param oldest compute capability that it has programs for, 7.5 as 75
 * @param newest likewise
 * @param profile of Maven that builds it for GPUs
 * @param missing libraries that it needs of the system and that are not there
 */
public record EngineBuild(
    String name,
    String library,
    boolean forCuda,
    int cuda,
    int oldest,
    int newest,
    String profile,
    List<String> missing) {

  /** CUDA 13 has given up what is older than Turing. */
  private static final int TURING = 75;

  /** The last generation whose chips run programs of CUDA 11.6. */
  private static final int ADA = 89;

  private static final int CUDA_OF_ND4J = 116;

  private static final List<String> LIBRARIES_OF_ND4J =
      List.of("libcudart.so.11.0", "libcublas.so.11", "libcusolver.so.11", "libcusparse.so.11");

  public EngineBuild {
    missing = List.copyOf(missing);
  }

  /**
   * What is wrong with a GPU, and what to do about it.
   *
   * @param why as it stands after a colon
   * @param remedy a sentence
   */
  public record Obstacle(String why, String remedy) {}

  public static EngineBuild of(String engine) {
    return engine.equals("dl4j")
        ? nd4j(has("org/nd4j/linalg/jcublas/JCublasBackend.class"))
        : new EngineBuild(
            engine,
            "libtorch",
            !(TorchBuild.chosen() instanceof TorchBuild.Cpu),
            TorchBuild.CUDA,
            TURING,
            Integer.MAX_VALUE,
            "cuda",
            List.of()); // TorchBuild has looked
  }

  private static EngineBuild nd4j(boolean forCuda) {
    return new EngineBuild(
        "dl4j",
        "ND4J",
        forCuda,
        CUDA_OF_ND4J,
        0,
        ADA,
        "cuda-dl4j",
        forCuda ? SharedLibraries.missing(LIBRARIES_OF_ND4J) : List.of());
  }

  /** The engines that this build has. */
  public static List<EngineBuild> present() {
    return Stream.of("torch", "dl4j").map(EngineBuild::of).toList();
  }

  private static boolean has(String resource) {
    return EngineBuild.class.getResource("/" + resource) != null;
  }

  /** Why it can use no GPU, whatever there is; empty where it can. */
  Optional<Obstacle> obstacle() {
    if (forCuda
        && name.equals("torch")
        && TorchBuild.chosen() instanceof TorchBuild.Fallback fallback) {
      return Optional.of(new Obstacle(fallback.reason(), fallback.remedy()));
    }
    if (forCuda && !missing.isEmpty()) {
      return Optional.of(
          new Obstacle(
              "CUDA %s's libraries are not all there: %s is missing"
                  .formatted(Driver.dotted(cuda), String.join(", ", missing)),
              "Install them, and name their directory in LD_LIBRARY_PATH."));
    }
    return forCuda
        ? Optional.empty()
        : Optional.of(
            new Obstacle(
                "this build of " + library + " is for CPUs only",
                "Build it for GPUs with mvn -P" + profile + " package."));
  }

  /**
   * Why it cannot use a GPU; empty where it can. Drivers run what was built for any earlier
   * release, and for later ones of the same major version.
   */
  Optional<Obstacle> obstacle(Driver driver, Gpu gpu) {
    if (driver.cuda() / 10 < cuda / 10) {
      return Optional.of(
          new Obstacle(
              "driver %s runs CUDA up to %s, and this build of %s needs %s"
                  .formatted(
                      driver.version(), Driver.dotted(driver.cuda()), library, Driver.dotted(cuda)),
              "Install a newer driver" + (cuda >= 130 ? " (580 or later)." : ".")));
    }
    int capability = gpu.computeCapability();
    if (capability > 0 && (capability < oldest || capability > newest)) {
      return Optional.of(
          new Obstacle(
              "its compute capability %s is too %s for this build of %s"
                  .formatted(
                      Driver.dotted(capability), capability < oldest ? "old" : "new", library),
              "Use the other engine, or the CPU."));
    }
    return obstacle();
  }
}
