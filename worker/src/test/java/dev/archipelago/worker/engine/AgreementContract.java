package dev.archipelago.worker.engine;

import static dev.archipelago.worker.engine.Readings.bits;
import static dev.archipelago.worker.engine.Readings.combine;
import static dev.archipelago.worker.engine.Readings.gradients;
import static dev.archipelago.worker.engine.Readings.infer;
import static dev.archipelago.worker.engine.Readings.norm;
import static dev.archipelago.worker.engine.SamplePlans.OBLONG;
import static dev.archipelago.worker.engine.SamplePlans.SMALL_ODD;
import static dev.archipelago.worker.engine.SamplePlans.allLayers;
import static dev.archipelago.worker.engine.SamplePlans.allOnVectors;
import static dev.archipelago.worker.engine.SamplePlans.chain;
import static dev.archipelago.worker.engine.SamplePlans.dealt;
import static dev.archipelago.worker.engine.SamplePlans.gated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.archipelago.protocol.random.SplitMix64;
import dev.archipelago.protocol.space.CellSpace;
import dev.archipelago.protocol.space.NetworkPlan;
import dev.archipelago.protocol.space.Operation;
import dev.archipelago.protocol.trial.Score;
import dev.archipelago.protocol.trial.Training;
import dev.archipelago.worker.engine.Network.Sgd;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What two engines in one process must agree on: a trial may begin on one and go on on another. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class AgreementContract {

  /** The same for all tests. */
  protected abstract Engine one();

  /** Of another library; the same for all tests. */
  protected abstract Engine other();

  private static List<NetworkPlan> plans() {
    CellSpace cells = new CellSpace(2, List.of(Operation.values()), 1, 1, 4);
    return List.of(
        allLayers(OBLONG),
        dealt(OBLONG),
        gated(OBLONG),
        allOnVectors(OBLONG),
        cells.decode(cells.sample(new SplitMix64(3)), OBLONG));
  }

  private static Batch batch() {
    return ArraySource.patches(OBLONG, 8, 3, false).batch(8);
  }

  /** Weights and running statistics, after a step has moved them. */
  @Test
  void equalWeightsGiveEqualLogits() {
    for (NetworkPlan plan : plans()) {
      try (Network trained = one().compile(plan, 1, 1);
          Network reader = other().compile(plan, 99, 1)) {
        trained.step(batch(), new Sgd(0.05, 0.9, 0, 1));
        Map<String, float[]> weights = trained.weights();
        assertThat(reader.load(weights)).isEqualTo(weights.size());
        assertThat(bits(reader.weights())).isEqualTo(bits(weights));
        float[] expected = infer(trained, plan, batch());
        float[] logits = infer(reader, plan, batch());
        for (int i = 0; i < logits.length; i++) {
          assertThat(logits[i]).isCloseTo(expected[i], within(1e-4f * (1 + Math.abs(expected[i]))));
        }
      }
    }
  }

  /** To 1 in 1,000 of each tensor's norm, in float32 and through batch norms of 8 examples. */
  @Test
  void equalWeightsGiveEqualGradientsAndStatistics() {
    for (NetworkPlan plan : plans()) {
      try (Network first = one().compile(plan, 1, 1);
          Network second = other().compile(plan, 1, 1)) {
        Map<String, float[]> start = first.weights();
        Map<String, float[]> expected = gradients(first, start, batch());
        Map<String, float[]> actual = gradients(second, start, batch());
        expected.forEach(
            (name, gradient) ->
                assertThat(norm(combine(gradient, 1, actual.get(name), -1)))
                    .as(name)
                    .isLessThan(1e-3 * norm(gradient) + 1e-5));
        Map<String, float[]> statistics = second.weights();
        first
            .weights()
            .forEach(
                (name, values) -> {
                  if (name.contains(".running_")) {
                    assertThat(statistics.get(name))
                        .as(name)
                        .containsExactly(values, within(1e-5f));
                  }
                });
      }
    }
  }

  @Test
  void aTrainingGoesOnInTheOtherEngineAndComesBack() {
    NetworkPlan plan = allLayers(OBLONG);
    Sgd sgd = new Sgd(0.02, 0.9, 1e-3, 5);
    try (Network first = one().compile(plan, 1, 1);
        Network second = other().compile(plan, 99, 1)) {
      for (int i = 0; i < 3; i++) {
        first.step(batch(), sgd);
      }
      Map<String, float[]> checkpoint = first.checkpoint();
      assertThat(second.restore(checkpoint)).isTrue();
      assertThat(second.checkpoint().keySet()).containsExactlyElementsOf(checkpoint.keySet());
      assertThat(bits(second.checkpoint())).isEqualTo(bits(checkpoint));
      for (int i = 0; i < 3; i++) {
        first.step(batch(), sgd);
        second.step(batch(), sgd);
      }
      Map<String, float[]> expected = first.weights();
      second
          .weights()
          .forEach(
              (name, values) ->
                  assertThat(norm(combine(values, 1, expected.get(name), -1)))
                      .as(name)
                      .isLessThan(2e-3 * (1 + norm(expected.get(name)))));
      Map<String, float[]> back = second.checkpoint();
      assertThat(first.restore(back)).isTrue();
      assertThat(bits(first.checkpoint())).isEqualTo(bits(back));
    }
  }

  /**
   * Rounding parts the two trainings sooner or later; what remains is noise. On 500 images an
   * accuracy of 0.9 has a standard deviation of 0.013 and a difference of two one of 0.019: three
   * of those are allowed.
   */
  @Test
  void trainingReachesTheSameAccuracy() {
    Score one = trained(one());
    Score other = trained(other());
    assertThat(one.accuracy()).isGreaterThan(0.8);
    assertThat(other.accuracy()).isCloseTo(one.accuracy(), within(0.057));
    assertThat(other.lossNats()).isCloseTo(one.lossNats(), within(0.2));
  }

  private static Score trained(Engine engine) {
    Training training = new Training(4, 32, 0.05, 0.9, 1e-3, 5, Training.Augmentation.NONE, 1);
    try (Network network = engine.compile(chain(SMALL_ODD, 8), 7, 1)) {
      ArraySource examples = ArraySource.patches(SMALL_ODD, 320, 3, true);
      new Trainer(network, examples, Optional.empty(), training, 5)
          .train(progress -> {}, () -> false);
      ArraySource unseen = ArraySource.patches(SMALL_ODD, 500, 4, false);
      return Evaluator.score(network::infer, unseen, 100);
    }
  }
}
