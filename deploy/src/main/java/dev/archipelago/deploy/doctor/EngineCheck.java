package dev.archipelago.deploy.doctor;

import dev.archipelago.protocol.space.Layer;
import dev.archipelago.protocol.space.NetworkPlan;
import dev.archipelago.protocol.space.PlanBuilder;
import dev.archipelago.protocol.space.Shape;
import dev.archipelago.worker.engine.Batch;
import dev.archipelago.worker.engine.Engine;
import dev.archipelago.worker.engine.Network;
import dev.archipelago.worker.torch.TorchEngine;
import java.util.List;
import java.util.Locale;

/** Loads the engine and trains a tiny network for a step. */
final class EngineCheck {
  private static final Shape INPUT = new Shape(1, 8, 8);
  private static final int CLASSES = 3;
  private static final int IMAGES = 4;

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
    double loss;
    try (Network network = engine.compile(plan(), 1, 1)) {
      loss = network.step(blank(), new Network.Sgd(0.1, 0.9, 0, 0));
    }
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

  private static Batch blank() {
    Batch batch = new Batch(IMAGES, (int) INPUT.elements());
    batch.size(IMAGES);
    return batch;
  }

  private static NetworkPlan plan() {
    PlanBuilder plan = new PlanBuilder(INPUT);
    int conv = plan.add("conv", Layer.Conv.of(4, 3, 3, 1), plan.input());
    return plan.classifier(plan.add("relu", new Layer.Relu(), conv), CLASSES);
  }
}
