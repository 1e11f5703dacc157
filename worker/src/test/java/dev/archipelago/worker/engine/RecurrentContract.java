package dev.archipelago.worker.engine;

import static dev.archipelago.worker.engine.SamplePlans.TEXT;
import static dev.archipelago.worker.engine.SamplePlans.allCells;
import static dev.archipelago.worker.engine.SamplePlans.examples;
import static org.assertj.core.api.Assertions.assertThat;

import dev.archipelago.protocol.random.SplitMix64;
import dev.archipelago.protocol.space.Architecture;
import dev.archipelago.protocol.space.Cell;
import dev.archipelago.protocol.space.NetworkPlan;
import dev.archipelago.protocol.space.SequenceSpace;
import dev.archipelago.worker.engine.Network.Sgd;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Networks for text, of an engine that has recurrent layers. */
interface RecurrentContract extends ForwardContract, TrainingContract {
  @Test
  default void computesWhatEveryRecurrentLayerMeans() {
    checkAgainstReference(new Sample("all cells", allCells(TEXT), TEXT));
  }

  @Test
  default void computesWhatEveryPlanOfTheSequenceSpaceMeans() {
    SequenceSpace space =
        new SequenceSpace(List.of(1, 5), List.of(Cell.values()), 3, List.of(1, 6), List.of(0, 4));
    SplitMix64 random = new SplitMix64(13);
    for (int i = 0; i < 30; i++) {
      Architecture architecture = space.sample(random);
      NetworkPlan plan = space.decode(architecture, TEXT);
      checkAgainstReference(new Sample(space.describe(architecture).toString(), plan, TEXT));
    }
  }

  @Test
  default void gradientsThroughTimeAgreeWithFiniteDifferences() {
    checkGradients(allCells(TEXT), examples(TEXT, 16, 3));
  }

  @Test
  default void learnsToRememberAToken() {
    Batch batch = examples(TEXT, 1000, 3);
    for (Cell cell : Cell.values()) {
      SequenceSpace space =
          new SequenceSpace(List.of(8), List.of(cell), 1, List.of(16), List.of(0));
      NetworkPlan plan = space.decode(space.sample(new SplitMix64(0)), TEXT); // the only one
      try (Network network = compile(plan)) {
        double first = network.step(batch, new Sgd(0.3, 0.9, 0, 1));
        double last = first;
        for (int i = 0; i < 300; i++) {
          last = network.step(batch, new Sgd(0.3, 0.9, 0, 1));
        }
        assertThat(last).as(cell.label()).isLessThan(first / 4);
        ArraySource unseen = ArraySource.echoes(TEXT, 200, 4);
        assertThat(Evaluator.score(network::infer, unseen, 64).accuracy()).isGreaterThan(0.8);
      }
    }
  }
}
