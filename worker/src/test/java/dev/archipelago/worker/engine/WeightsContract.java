package dev.archipelago.worker.engine;

import static dev.archipelago.worker.engine.Readings.bits;
import static dev.archipelago.worker.engine.Readings.combine;
import static dev.archipelago.worker.engine.Readings.infer;
import static dev.archipelago.worker.engine.Readings.norm;
import static dev.archipelago.worker.engine.SamplePlans.OBLONG;
import static dev.archipelago.worker.engine.SamplePlans.allLayers;
import static dev.archipelago.worker.engine.SamplePlans.chain;
import static org.assertj.core.api.Assertions.assertThat;

import dev.archipelago.protocol.space.NetworkPlan;
import dev.archipelago.protocol.space.NetworkPlan.Parameter;
import dev.archipelago.protocol.trial.Epoch;
import dev.archipelago.protocol.trial.Training;
import dev.archipelago.worker.engine.Network.Sgd;
import dev.archipelago.worker.weights.Safetensors;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Weights and checkpoints: into a network, out of it, and from one into another. */
interface WeightsContract extends EngineUnderTest {
  @Test
  default void startsWithTheInitializersWeights() {
    NetworkPlan plan = chain(OBLONG, 4);
    Map<String, float[]> expected = Initializer.weights(plan, 42);
    try (Network network = engine().compile(plan, 42, 1)) {
      Map<String, float[]> weights = network.weights();
      assertThat(weights.keySet()).containsExactlyElementsOf(expected.keySet());
      expected.forEach((name, values) -> assertThat(weights.get(name)).containsExactly(values));
    }
  }

  @Test
  default void weightsCarriedToAnotherNetworkGiveTheSameLogits() {
    NetworkPlan plan = allLayers(OBLONG);
    Batch batch = ArraySource.patches(OBLONG, 8, 3, false).batch(8);
    try (Network network = compile(plan);
        Network other = engine().compile(plan, 99, 1)) {
      for (int i = 0; i < 3; i++) {
        network.step(batch, new Sgd(0.05, 0.9, 0, 0));
      }
      Map<String, float[]> weights = network.weights();
      assertThat(other.load(weights)).isEqualTo(weights.size());
      assertThat(infer(other, plan, batch)).containsExactly(infer(network, plan, batch));
    }
  }

  /** Through the blob that workers share, so that what it keeps is exact too. */
  @Test
  default void goesOnFromACheckpointAsIfItHadNeverStopped() throws IOException {
    NetworkPlan plan = allLayers(OBLONG);
    Training training = new Training(3, 16, 0.05, 0.9, 1e-3, 5, Training.Augmentation.NONE, 1);
    try (Network whole = compile(plan);
        Network first = compile(plan);
        Network second = engine().compile(plan, 99, 1)) {
      List<Epoch> curve = train(whole, training, 0, 3);
      List<Epoch> parts = new ArrayList<>(train(first, training, 0, 1));
      byte[] blob = Safetensors.write(first.checkpoint(), Map.of());
      assertThat(second.restore(Safetensors.read(blob))).isTrue();
      parts.addAll(train(second, training, 1, 3));
      assertThat(parts).isEqualTo(curve);
      assertThat(bits(second.checkpoint())).isEqualTo(bits(whole.checkpoint()));
    }
  }

  /** The curve without its times. */
  private static List<Epoch> train(Network network, Training training, int trained, int until) {
    ArraySource validation = ArraySource.patches(OBLONG, 32, 4, false);
    return new Trainer(
            network, ArraySource.patches(OBLONG, 64, 3, true), Optional.of(validation), training, 5)
        .train(trained, until, progress -> {}, () -> false).curve().stream()
            .map(e -> new Epoch(e.number(), e.trainLossNats(), e.validation(), 0))
            .toList();
  }

  @Test
  default void aCheckpointHoldsWeightsAndMomentum() {
    NetworkPlan plan = allLayers(OBLONG);
    Batch batch = ArraySource.patches(OBLONG, 8, 3, false).batch(8);
    try (Network network = compile(plan)) {
      network.step(batch, new Sgd(0.05, 0.9, 0, 0));
      Map<String, float[]> checkpoint = network.checkpoint();
      Map<String, float[]> weights = network.weights();
      weights.forEach((name, values) -> assertThat(checkpoint.get(name)).containsExactly(values));
      assertThat(checkpoint).hasSize(weights.size() + plan.parameters().size());
      for (Parameter parameter : plan.parameters()) {
        assertThat(checkpoint.get(parameter.name() + Network.MOMENTUM))
            .hasSize((int) parameter.elements());
      }
      assertThat(norm(checkpoint.get("logits.weight" + Network.MOMENTUM))).isPositive();
    }
  }

  @Test
  default void refusesAnotherNetworksCheckpoint() {
    NetworkPlan plan = chain(OBLONG, 4);
    try (Network network = compile(plan);
        Network wider = compile(chain(OBLONG, 8))) {
      List<Integer> before = bits(network.checkpoint());
      assertThat(network.restore(wider.checkpoint())).isFalse();
      assertThat(network.restore(network.weights())).isFalse(); // no momentum
      assertThat(bits(network.checkpoint())).isEqualTo(before);
    }
  }

  @Test
  default void loadsWhatFitsByNameAndSize() {
    NetworkPlan plan = chain(OBLONG, 4);
    try (Network network = compile(plan)) {
      Map<String, float[]> before = network.weights();
      String name = plan.parameters().get(0).name();
      float[] other = combine(before.get(name), 2, before.get(name), 0);
      int loaded =
          network.load(
              Map.of(
                  name,
                  other,
                  plan.parameters().get(1).name(),
                  new float[1],
                  "layer_77/conv.weight",
                  new float[3]));
      assertThat(loaded).isEqualTo(1);
      Map<String, float[]> after = network.weights();
      before.put(name, other);
      before.forEach((key, values) -> assertThat(after.get(key)).containsExactly(values));
    }
  }
}
