package dev.archipelago.deploy.export;

import dev.archipelago.protocol.disk.DurableFiles;
import dev.archipelago.protocol.space.NetworkPlan;
import dev.archipelago.worker.dl4j.Dl4jEngine;
import dev.archipelago.worker.dl4j.ModelFile;
import dev.archipelago.worker.engine.Batch;
import dev.archipelago.worker.engine.Engine;
import dev.archipelago.worker.engine.EngineException;
import dev.archipelago.worker.engine.Network;
import dev.archipelago.worker.trained.TrainedNetwork;
import dev.archipelago.worker.trained.TrainedNetwork.Probe;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** Models of Deeplearning4j, there and back. */
public final class Dl4jFormat implements ModelFormat {
  private static final long ANY_SEED = 1;

  @Override
  public String name() {
    return "dl4j";
  }

  /** Reads the file again, and runs the probe through what it holds. */
  @Override
  public Written write(TrainedNetwork network, Path file) throws IOException {
    try {
      ByteArrayOutputStream model = new ByteArrayOutputStream();
      ModelFile.write(network.plan(), network.weights(), model);
      DurableFiles.write(file, model.toByteArray());
      float[] logits = logits(network, ModelFile.read(network.plan(), file));
      return new Written(
          OptionalDouble.of(network.probe().largestChange(logits)), notes(network.plan()));
    } catch (EngineException e) {
      throw new IOException(e.failure().message(), e);
    }
  }

  private static List<String> notes(NetworkPlan plan) {
    List<String> needs = ModelFile.needs(plan);
    return needs.isEmpty()
        ? List.of()
        : List.of(
            "The network "
                + String.join(", ", needs)
                + ", for which Deeplearning4j has no layer: programs that read the file need"
                + " archipelago-worker-dl4j.jar on their class path.");
  }

  /**
   * A network with the weights of a model, which may have been trained on in Deeplearning4j.
   *
   * @param like the network whose model it was
   * @return with a probe that the model has classified
   * @throws IOException if it cannot be read, or is another network's
   */
  public static TrainedNetwork read(Path file, TrainedNetwork like) throws IOException {
    try {
      Map<String, float[]> weights = ModelFile.read(like.plan(), file);
      Probe probe = like.probe();
      return new TrainedNetwork(
          like.plan(),
          weights,
          like.normalization(),
          new Probe(probe.size(), probe.inputs(), logits(like, weights)),
          like.origin());
    } catch (EngineException e) {
      throw new IOException(e.failure().message(), e);
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static float[] logits(TrainedNetwork network, Map<String, float[]> weights) {
    NetworkPlan plan = network.plan();
    Probe probe = network.probe();
    Batch batch = new Batch(probe.size(), probe.inputs().length / probe.size());
    batch.size(probe.size());
    batch.images().put(0, probe.inputs());
    float[] logits = new float[probe.size() * plan.classes()]; // [N, classes]
    try (Engine engine = Dl4jEngine.onCpu();
        Network compiled = engine.compile(plan, ANY_SEED, 1)) {
      compiled.load(weights);
      compiled.infer(batch, logits);
    }
    return logits;
  }
}
