package dev.archipelago.deploy.role;

import dev.archipelago.protocol.space.Layer;
import dev.archipelago.protocol.space.NetworkPlan;
import dev.archipelago.protocol.space.PlanBuilder;
import dev.archipelago.protocol.space.Shape;
import dev.archipelago.worker.engine.Batch;
import dev.archipelago.worker.engine.Engine;
import dev.archipelago.worker.engine.Network;

/** The smallest network that uses an engine's main parts. */
public final class TinyNetwork {
  private static final Shape INPUT = new Shape(1, 8, 8);
  private static final int CLASSES = 3;
  private static final int IMAGES = 4;

  private TinyNetwork() {}

  /**
   * Compiles it and trains it for a step on blank images.
   *
   * @return the loss in nats; log 3 where all is well
   */
  public static double step(Engine engine) {
    Batch batch = new Batch(IMAGES, (int) INPUT.elements());
    batch.size(IMAGES);
    try (Network network = engine.compile(plan(), 1, 1)) {
      return network.step(batch, new Network.Sgd(0.1, 0.9, 0, 0));
    }
  }

  private static NetworkPlan plan() {
    PlanBuilder plan = new PlanBuilder(INPUT);
    int conv = plan.add("conv", Layer.Conv.of(4, 3, 3, 1), plan.input());
    int norm = plan.add("norm", new Layer.BatchNorm(), conv);
    return plan.classifier(plan.add("relu", new Layer.Relu(), norm), CLASSES);
  }
}
