package dev.archipelago.worker.trained;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.archipelago.protocol.random.SplitMix64;
import dev.archipelago.protocol.space.ChainSpace;
import dev.archipelago.protocol.space.NetworkPlan;
import dev.archipelago.protocol.space.Shape;
import dev.archipelago.protocol.space.Task;
import dev.archipelago.worker.engine.Initializer;
import dev.archipelago.worker.trained.TrainedNetwork.Probe;
import dev.archipelago.worker.trained.TrainedNetwork.Scaling;
import dev.archipelago.worker.weights.Safetensors;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrainedNetworkFileTest {
  private static final Task TASK = new Task(new Shape(3, 4, 4), 5);

  /** Two examples, whose logits are made up. */
  private static TrainedNetwork network() {
    ChainSpace space = new ChainSpace(2, List.of(3), List.of(1), List.of(4), true);
    NetworkPlan plan = space.decode(space.sample(new SplitMix64(0)), TASK);
    float[] inputs = new float[2 * 48];
    Arrays.fill(inputs, 0.25f);
    float[] logits = {0, 1, 2, 3, 4, 5, 6, 7, 8, -9.5f};
    return new TrainedNetwork(
        plan,
        Initializer.weights(plan, 3),
        new Scaling(List.of(0.1, 1.0 / 3, 0.5), List.of(1e-7, 0.2, 1.0)),
        new Probe(2, inputs, logits),
        Map.of("dataset", "tiny \"é\""));
  }

  @Test
  void givesBackWhatWasWritten() throws IOException {
    TrainedNetwork network = network();
    TrainedNetwork read = TrainedNetworkFile.read(TrainedNetworkFile.write(network));
    assertThat(read.plan()).isEqualTo(network.plan());
    assertThat(read.weights().keySet()).isEqualTo(network.weights().keySet());
    network
        .weights()
        .forEach((name, values) -> assertThat(read.weights().get(name)).containsExactly(values));
    assertThat(read.normalization()).isEqualTo(network.normalization());
    assertThat(read.probe().size()).isEqualTo(2);
    assertThat(read.probe().inputs()).containsExactly(network.probe().inputs());
    assertThat(read.probe().logits()).containsExactly(network.probe().logits());
    assertThat(read.origin()).isEqualTo(network.origin());
  }

  @Test
  void givesEqualBytesForEqualNetworks() {
    assertThat(TrainedNetworkFile.write(network())).isEqualTo(TrainedNetworkFile.write(network()));
  }

  @Test
  void keepsTensorsInTheirShapes() throws IOException {
    Map<String, List<Integer>> shapes = Safetensors.shapes(TrainedNetworkFile.write(network()));
    network()
        .plan()
        .parameters()
        .forEach(p -> assertThat(shapes.get(p.name())).isEqualTo(p.dimensions()));
    assertThat(shapes.get("probe.inputs")).containsExactly(2, 3, 4, 4);
    assertThat(shapes.get("probe.logits")).containsExactly(2, 5);
  }

  @Test
  void refusesWhatIsNoNetwork() {
    byte[] checkpoint = Safetensors.write(Map.of("w", new float[2]), Map.of());
    assertThatThrownBy(() -> TrainedNetworkFile.read(checkpoint))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no trained network of Archipelago");
    assertThatThrownBy(() -> TrainedNetworkFile.read(new byte[] {1, 2, 3}))
        .isInstanceOf(IOException.class);
    byte[] whole = TrainedNetworkFile.write(network());
    assertThatThrownBy(() -> TrainedNetworkFile.read(Arrays.copyOf(whole, whole.length - 4)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("probe.logits");
  }

  @Test
  void refusesANetworkThatLacksWeights() {
    TrainedNetwork network = network();
    String first = network.plan().parameters().get(0).name();
    TrainedNetwork shorter =
        new TrainedNetwork(
            network.plan(),
            Map.of(first, network.weights().get(first)),
            network.normalization(),
            network.probe(),
            network.origin());
    assertThatThrownBy(() -> TrainedNetworkFile.read(TrainedNetworkFile.write(shorter)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(network.plan().parameters().get(1).name());
  }

  @Test
  void saysHowFarLogitsChanged() {
    Probe probe = network().probe();
    float[] others = probe.logits().clone();
    assertThat(probe.largestChange(others)).isZero();
    others[4] += 0.5f; // of 4
    others[0] -= 0.01f; // of 0
    assertThat(probe.largestChange(others)).isEqualTo(0.1);
    others[1] = Float.NaN;
    assertThat(probe.largestChange(others)).isNaN();
    assertThatThrownBy(() -> probe.largestChange(new float[3]))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
