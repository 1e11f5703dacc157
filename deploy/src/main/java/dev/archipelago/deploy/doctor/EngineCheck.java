package dev.archipelago.deploy.doctor;

import dev.archipelago.deploy.role.TinyNetwork;
import dev.archipelago.worker.engine.Engine;
import dev.archipelago.worker.torch.TorchEngine;
import java.util.List;
import java.util.Locale;

/** Loads the engine and trains a tiny network for a step. */
final class EngineCheck {
  List<Finding> examine() {
    try (Engine engine = TorchEngine.onCpu()) {
      return List.of(train(engine), gpu());
    } catch (UnsatisfiedLinkError | NoClassDefFoundError | ExceptionInInitializerError e) {
      return List.of(
          Finding.fail(
              "engine",
              "libtorch does not load: " + e.getMessage(),
              "It needs a 64-bit Linux with glibc 2.28 or newer, or a build with"
                  + " -Djavacpp.native= for this platform."));
    } catch (RuntimeException e) {
      return List.of(
          Finding.fail(
              "engine",
              "libtorch loads but does not train: " + e,
              "Please report this with the output of doctor."));
    }
  }

  private static Finding train(Engine engine) {
    long start = System.nanoTime();
    double loss = TinyNetwork.step(engine);
    double millis = (System.nanoTime() - start) / 1e6;
    if (!Double.isFinite(loss)) {
      return Finding.fail(
          "engine", "libtorch computes " + loss, "Please report this with the output of doctor.");
    }
    return Finding.ok(
        "engine",
        String.format(Locale.ROOT, "libtorch trains a network (first step: %.0f ms)", millis));
  }

  private static Finding gpu() {
    try (Engine engine = new TorchEngine("cuda:0", 0)) {
      return Finding.ok("GPU", engine.device() + " can be used: worker --device cuda:0");
    } catch (RuntimeException | LinkageError e) {
      return Finding.ok("GPU", "none: " + e.getMessage());
    }
  }
}
