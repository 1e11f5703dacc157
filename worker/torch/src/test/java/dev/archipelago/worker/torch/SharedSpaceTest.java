package dev.archipelago.worker.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.archipelago.protocol.random.SplitMix64;
import dev.archipelago.protocol.space.Architecture;
import dev.archipelago.protocol.space.CellSpace;
import dev.archipelago.protocol.space.ChainSpace;
import dev.archipelago.protocol.space.NasBench201Space;
import dev.archipelago.protocol.space.NetworkPlan;
import dev.archipelago.protocol.space.Operation;
import dev.archipelago.protocol.space.Shape;
import dev.archipelago.protocol.space.SharedSpace;
import dev.archipelago.protocol.space.Supernet;
import dev.archipelago.protocol.space.Task;
import dev.archipelago.worker.engine.Batch;
import dev.archipelago.worker.engine.Engine;
import dev.archipelago.worker.engine.Network;
import dev.archipelago.worker.engine.Network.Sgd;
import dev.archipelago.worker.engine.Route;
import dev.archipelago.worker.engine.SharedNetwork;
import dev.archipelago.worker.engine.SharedNetwork.Statistics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** That a path computes what the network does that its architecture decodes to. */
class SharedSpaceTest {
  private static final Task TASK = new Task(new Shape(2, 9, 7), 3);
  private static final int PATHS = 12;

  private final Engine engine = TorchEngine.onCpu();

  @Test
  void pathsOfNasBench201AreItsNetworks() {
    check(new NasBench201Space(4, 1));
  }

  @Test
  void pathsOfCellsAreTheirNetworks() {
    check(new CellSpace(2, List.of(Operation.values()), 2, 1, 4));
  }

  /** Whose convolutions read fewer channels where skips are not taken. */
  @Test
  void pathsOfChainsAreTheirNetworks() {
    check(new ChainSpace(5, List.of(1, 3), List.of(1), List.of(4), true));
  }

  /** With weights and running statistics that steps along other paths left. */
  private void check(SharedSpace space) {
    SplitMix64 random = new SplitMix64(3);
    Supernet supernet = space.supernet(TASK);
    Batch batch = noise(6, random);
    try (SharedNetwork shared = engine.compileShared(supernet, 1, 1)) {
      for (int i = 0; i < 30; i++) {
        Route path = new Route.Path(space.path(space.sample(random)));
        shared.step(batch, path, new Sgd(0.02, 0.9, 1e-3, 5));
      }
      Map<String, float[]> weights = shared.checkpoint();
      for (int i = 0; i < PATHS; i++) {
        Architecture architecture = space.sample(random);
        List<Integer> path = space.path(architecture);
        float[] along = new float[batch.size() * TASK.classes()];
        shared.infer(batch, new Route.Path(path), Statistics.RUNNING, along);
        NetworkPlan decoded = space.decode(architecture, TASK);
        Map<String, float[]> own =
            renamed(supernet.weights(weights, path), supernet.path(path), decoded);
        assertThat(along)
            .as(architecture.toString())
            .containsExactly(logits(decoded, own, batch), within(1e-5f));
      }
    }
  }

  private float[] logits(NetworkPlan plan, Map<String, float[]> weights, Batch batch) {
    float[] logits = new float[batch.size() * TASK.classes()];
    try (Network network = engine.compile(plan, 2, 1)) {
      assertThat(network.load(weights)).isEqualTo(network.weights().size());
      network.infer(batch, logits);
    }
    return logits;
  }

  /** Both plans have the same layers in the same order. */
  private static Map<String, float[]> renamed(
      Map<String, float[]> weights, NetworkPlan from, NetworkPlan to) {
    Map<String, String> names = new HashMap<>();
    for (int i = 0; i < from.nodes().size(); i++) {
      names.put(from.nodes().get(i).name(), to.nodes().get(i).name());
    }
    Map<String, float[]> renamed = new HashMap<>();
    weights.forEach(
        (tensor, values) -> {
          int role = tensor.indexOf('.');
          renamed.put(names.get(tensor.substring(0, role)) + tensor.substring(role), values);
        });
    return renamed;
  }

  private static Batch noise(int examples, SplitMix64 random) {
    int elements = Math.toIntExact(TASK.input().elements());
    Batch batch = new Batch(examples, elements);
    for (int i = 0; i < examples * elements; i++) {
      batch.images().put(i, (float) (2 * random.nextDouble() - 1));
    }
    for (int i = 0; i < examples; i++) {
      batch.labels()[i] = i % TASK.classes();
    }
    batch.size(examples);
    return batch;
  }
}
