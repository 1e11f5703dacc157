package dev.archipelago.worker.torch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Loader;

/**
 * What libtorch for CUDA 13 needs from the machine: the driver, and the libraries that NVIDIA
 * publishes and that are in no jar here.
 *
 * <p>Each is asked for as a linker would, by name ({@code LD_LIBRARY_PATH}, {@code ldconfig}), then
 * looked for in directories: those that {@value #VARIABLE} names, then where CUDA's installers put
 * it. A library that is loaded satisfies those that need it afterwards, wherever it was.
 *
 * @param open opens a library, by name or path, for all of the process; gives the error if that
 *     failed
 * @param directories in which to look, in this order
 */
record CudaLibraries(Function<String, Optional<String>> open, List<Path> directories) {
  /**
   * Directories separated by colons. Each stands for itself and for the {@code lib} of its
   * subdirectories, so that the directory {@code nvidia} of a Python installation is enough.
   */
  static final String VARIABLE = "ARCHIPELAGO_CUDA_LIBRARIES";

  private static final String DRIVER = "libcuda.so.1";

  /** In the order in which they need one another (readelf -d on libtorch 2.10's). */
  private static final List<String> NEEDED =
      List.of(
          "libcudart.so.13",
          "libcupti.so.13",
          "libnvJitLink.so.13",
          "libcublasLt.so.13",
          "libcublas.so.13",
          "libcufft.so.12",
          "libcurand.so.10",
          "libcusparse.so.12",
          "libcusolver.so.12",
          "libcudnn.so.9",
          "libcufile.so.0",
          "libnccl.so.2");

  /** Opened by the above when they want them: by name, so they should be there already. */
  private static final List<String> WELCOME =
      List.of(
          "libnvrtc.so.13",
          "libcudnn_graph.so.9",
          "libcudnn_ops.so.9",
          "libcudnn_cnn.so.9",
          "libcudnn_adv.so.9");

  private static final List<Path> INSTALLED =
      List.of(
          Path.of("/usr/local/cuda/lib64"),
          Path.of("/usr/local/cuda/extras/CUPTI/lib64"),
          Path.of("/usr/local/cuda-13/lib64"),
          Path.of("/usr/local/cuda-13/extras/CUPTI/lib64"));

  CudaLibraries {
    directories = List.copyOf(directories);
  }

  static CudaLibraries ofThisMachine() {
    return new CudaLibraries(
        CudaLibraries::dlopen,
        Stream.concat(
                directories(Optional.ofNullable(System.getenv(VARIABLE)).orElse("")).stream(),
                INSTALLED.stream())
            .toList());
  }

  /**
   * @param text of {@value #VARIABLE}
   */
  static List<Path> directories(String text) {
    List<Path> directories = new ArrayList<>();
    for (String entry : text.split(":")) {
      if (!entry.isEmpty()) {
        Path directory = Path.of(entry);
        directories.add(directory);
        directories.addAll(librariesBelow(directory));
      }
    }
    return directories;
  }

  private static List<Path> librariesBelow(Path directory) {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> children = Files.list(directory)) {
      return children
          .map(child -> child.resolve("lib"))
          .filter(Files::isDirectory)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Why the driver's library does not load; empty if it does. */
  Optional<String> driverError() {
    return open.apply(DRIVER);
  }

  /** Loads them for all of the process; names those that are nowhere, with what was wrong. */
  List<String> load() {
    List<String> missing = new ArrayList<>();
    for (String name : NEEDED) {
      find(name).ifPresent(missing::add);
    }
    WELCOME.forEach(this::find);
    return missing;
  }

  /** Empty if it is loaded; else its name, and the error of the last one that was found. */
  private Optional<String> find(String name) {
    if (open.apply(name).isEmpty()) {
      return Optional.empty();
    }
    String error = "";
    for (Path directory : directories) {
      Path file = directory.resolve(name);
      if (Files.exists(file)) {
        Optional<String> refused = open.apply(file.toString());
        if (refused.isEmpty()) {
          return Optional.empty();
        }
        error = " (" + refused.get() + ")";
      }
    }
    return Optional.of(name + error);
  }

  private static Optional<String> dlopen(String library) {
    try {
      Loader.Helper.loadGlobal(library);
      return Optional.empty();
    } catch (UnsatisfiedLinkError e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }
}
