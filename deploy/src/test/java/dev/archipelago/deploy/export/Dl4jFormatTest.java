package dev.archipelago.deploy.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.archipelago.protocol.random.SplitMix64;
import dev.archipelago.protocol.space.ChainSpace;
import dev.archipelago.protocol.space.Layer;
import dev.archipelago.protocol.space.NetworkPlan;
import dev.archipelago.protocol.space.PlanBuilder;
import dev.archipelago.protocol.space.Shape;
import dev.archipelago.protocol.space.Task;
import dev.archipelago.worker.engine.Batch;
import dev.archipelago.worker.engine.Network;
import dev.archipelago.worker.engine.Network.Sgd;
import dev.archipelago.worker.torch.TorchEngine;
import dev.archipelago.worker.trained.TrainedNetwork;
import dev.archipelago.worker.trained.TrainedNetwork.Probe;
import dev.archipelago.worker.trained.TrainedNetwork.Scaling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Networks that torch trained, as models of Deeplearning4j. */
class Dl4jFormatTest {
  private static final Task TASK = new Task(new Shape(1, 12, 12), 3);
  private static final int EXAMPLES = 8;

  @TempDir private Path directory;

  /** Trained for three steps, so that running statistics and biases are those of no beginning. */
  private static TrainedNetwork trained(NetworkPlan plan) {
    SplitMix64 random = new SplitMix64(5);
    Batch batch = new Batch(EXAMPLES, Math.toIntExact(plan.input().elements()));
    batch.size(EXAMPLES);
    float[] inputs = new float[EXAMPLES * batch.elements()];
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = (float) (2 * random.nextDouble() - 1);
    }
    batch.images().put(0, inputs);
    for (int i = 0; i < EXAMPLES; i++) {
      batch.labels()[i] = i % plan.classes();
    }
    float[] logits = new float[EXAMPLES * plan.classes()];
    try (Network network = TorchEngine.onCpu().compile(plan, 1, 1)) {
      for (int i = 0; i < 3; i++) {
        network.step(batch, new Sgd(0.05, 0.9, 0, 0));
      }
      network.infer(batch, logits);
      return new TrainedNetwork(
          plan,
          network.weights(),
          new Scaling(List.of(0.5), List.of(0.25)),
          new Probe(EXAMPLES, inputs, logits),
          Map.of("dataset", "noise"));
    }
  }

  private static NetworkPlan chain(int filters) {
    ChainSpace space = new ChainSpace(3, List.of(3), List.of(1, 2), List.of(filters), true);
    return space.decode(space.sample(new SplitMix64(2)), TASK);
  }

  @Test
  void predictsWhatTheNetworkPredictedThatTorchTrained() throws IOException {
    TrainedNetwork network = trained(chain(6));
    Path file = directory.resolve("model.zip");
    Written written = new Dl4jFormat().write(network, file);
    assertThat(written.logitChange().orElseThrow()).isLessThan(1e-4);
    assertThat(written.notes()).isEmpty();

    TrainedNetwork back = Dl4jFormat.read(file, network);
    network
        .weights()
        .forEach((name, values) -> assertThat(back.weights().get(name)).containsExactly(values));
    assertThat(network.probe().largestChange(back.probe().logits())).isLessThan(1e-4);
  }

  @Test
  void saysWhatItsReadersNeed() throws IOException {
    PlanBuilder builder = new PlanBuilder(TASK.input());
    int small = builder.add("small", new Layer.Resize(8, 8), builder.input());
    int conv = builder.add("conv", Layer.Conv.of(4, 3, 3, 1), small);
    TrainedNetwork network = trained(builder.classifier(conv, TASK.classes()));
    Written written = new Dl4jFormat().write(network, directory.resolve("model.zip"));
    assertThat(written.logitChange().orElseThrow()).isLessThan(1e-4);
    assertThat(written.notes()).singleElement().asString().contains("archipelago-worker-dl4j");
  }

  @Test
  void refusesOtherModels() throws IOException {
    TrainedNetwork network = trained(chain(6));
    Path file = directory.resolve("model.zip");
    new Dl4jFormat().write(network, file);
    assertThatThrownBy(() -> Dl4jFormat.read(file, trained(chain(4))))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("another network");
    Path text = Files.writeString(directory.resolve("notes.txt"), "no model");
    assertThatThrownBy(() -> Dl4jFormat.read(text, network)).isInstanceOf(IOException.class);
  }
}
