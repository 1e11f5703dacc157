package dev.archipelago.deploy.doctor;

import dev.archipelago.deploy.role.TinyNetwork;
import dev.archipelago.worker.dl4j.Dl4jEngine;
import dev.archipelago.worker.engine.Engine;
import dev.archipelago.worker.torch.TorchEngine;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** Loads each engine and trains a tiny network for a step. */
final class EngineCheck {
  List<Finding> examine() {
    return List.of(
        check("libtorch", TorchEngine::onCpu), check("Deeplearning4j", Dl4jEngine::onWhatIsThere));
  }

  private static Finding check(String library, Supplier<Engine> loading) {
    try (Engine engine = loading.get()) {
      return train(library, engine);
    } catch (UnsatisfiedLinkError | NoClassDefFoundError | ExceptionInInitializerError e) {
      return Finding.fail(
          "engine",
          library + " does not load: " + e.getMessage(),
          "It needs a 64-bit Linux with glibc 2.28 or newer, or a build with"
              + " -Djavacpp.native= for this platform.");
    } catch (RuntimeException e) {
      return Finding.fail(
          "engine",
          library + " loads but does not train: " + e,
          "Please report this with the output of doctor.");
    }
  }

  private static Finding train(String library, Engine engine) {
    long start = System.nanoTime();
    double loss = TinyNetwork.step(engine);
    double millis = (System.nanoTime() - start) / 1e6;
    if (!Double.isFinite(loss)) {
      return Finding.fail(
          "engine", library + " computes " + loss, "Please report this with the output of doctor.");
    }
    return Finding.ok(
        "engine",
        String.format(
            Locale.ROOT,
            "%s trains a network (--engine %s; first step: %.0f ms)",
            library,
            engine.name(),
            millis));
  }
}
