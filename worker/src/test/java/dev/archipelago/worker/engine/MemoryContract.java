package dev.archipelago.worker.engine;

import static dev.archipelago.worker.engine.Readings.residentBytes;
import static dev.archipelago.worker.engine.SamplePlans.CIFAR_LIKE;
import static dev.archipelago.worker.engine.SamplePlans.chain;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.archipelago.protocol.space.Layer;
import dev.archipelago.protocol.space.NetworkPlan;
import dev.archipelago.protocol.space.PlanBuilder;
import dev.archipelago.protocol.space.PlanCost;
import dev.archipelago.protocol.space.Shape;
import dev.archipelago.protocol.space.Task;
import dev.archipelago.protocol.trial.TrialFailure.Category;
import dev.archipelago.worker.engine.Network.Sgd;
import org.junit.jupiter.api.Test;

/** What an engine refuses to take of its machine's memory, and what it gives back. */
interface MemoryContract extends EngineUnderTest {
  @Test
  default void refusesWeightsBeyondItsMemory() {
    NetworkPlan plan = chain(CIFAR_LIKE, 32);
    try (Engine engine = limitedTo(10_000)) {
      assertThatThrownBy(() -> engine.compile(plan, 1, 1))
          .isInstanceOfSatisfying(
              EngineException.class,
              e -> assertThat(e.failure().category()).isEqualTo(Category.OUT_OF_MEMORY));
    }
  }

  @Test
  default void refusesABatchBeyondItsMemory() {
    NetworkPlan plan = chain(CIFAR_LIKE, 32);
    Batch batch = ArraySource.patches(CIFAR_LIKE, 64, 3, false).batch(64);
    try (Engine engine = limitedTo(10_000_000);
        Network network = engine.compile(plan, 1, 1)) {
      assertThatThrownBy(() -> network.step(batch, new Sgd(0.1, 0, 0, 0)))
          .isInstanceOfSatisfying(
              EngineException.class,
              e -> {
                assertThat(e.failure().category()).isEqualTo(Category.OUT_OF_MEMORY);
                assertThat(e.failure().message()).contains("10.0 MB").contains("batch");
              });
    }
  }

  @Test
  default void memoryStaysFlatOverManySteps() {
    Task task = new Task(new Shape(3, 16, 16), 5);
    NetworkPlan plan = chain(task, 8);
    Batch batch = ArraySource.patches(task, 16, 3, false).batch(16);
    float[] logits = new float[16 * task.classes()];
    try (Network network = compile(plan)) {
      long before = 0;
      for (int i = 0; i < 300; i++) {
        if (i == 50) {
          before = residentBytes();
        }
        network.step(batch, new Sgd(0.01, 0.9, 0, 1));
        network.infer(batch, logits);
      }
      // Had activations been kept, it would be at least 16 * 4 bytes each a step.
      long leak = PlanCost.of(plan).activations() * 16 * Float.BYTES * 250;
      assertThat(leak).isGreaterThan(100_000_000);
      assertThat(residentBytes() - before).isLessThan(leak / 3);
    }
  }

  @Test
  default void closingGivesTheMemoryBack() {
    PlanBuilder builder = new PlanBuilder(new Shape(512, 1, 1));
    int wide = builder.add("wide", new Layer.Linear(2048), builder.input());
    NetworkPlan plan =
        builder.classifier(wide, 2); // a million parameters, 12 MB with its optimiser
    compile(plan).close();
    long before = residentBytes();
    for (int i = 0; i < 30; i++) {
      compile(plan).close();
    }
    assertThat(residentBytes() - before).isLessThan(120_000_000);
  }
}
