package dev.archipelago.worker.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.archipelago.protocol.space.Cell;
import dev.archipelago.protocol.space.Layer;
import dev.archipelago.protocol.space.NasBench201Space;
import dev.archipelago.protocol.space.NetworkPlan;
import dev.archipelago.protocol.space.PlanBuilder;
import dev.archipelago.protocol.space.Shape;
import dev.archipelago.protocol.space.Supernet;
import dev.archipelago.protocol.space.Task;
import dev.archipelago.protocol.trial.Proxy;
import dev.archipelago.protocol.trial.TrialFailure.Category;
import dev.archipelago.worker.engine.Batch;
import dev.archipelago.worker.engine.CoreContract;
import dev.archipelago.worker.engine.Engine;
import dev.archipelago.worker.engine.EngineException;
import dev.archipelago.worker.engine.Network;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class Dl4jEngineTest extends CoreContract {
  private final Engine engine = Dl4jEngine.onCpu();

  @Override
  public Engine engine() {
    return engine;
  }

  @Override
  public Engine limitedTo(long bytes) {
    return new Dl4jEngine("cpu", bytes);
  }

  @Test
  void saysWhatItIs() {
    assertThat(engine.name()).isEqualTo("dl4j");
    assertThat(engine.device()).isEqualTo("cpu");
  }

  @Test
  void refusesADeviceThatIsNone() {
    assumeTrue(Dl4jEngine.onWhatIsThere().device().equals("cpu"), "ND4J computes on a GPU here");
    assertThatThrownBy(() -> new Dl4jEngine("cuda:0", 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cuda:0")
        .hasMessageContaining("-Pcuda-dl4j");
  }

  @Test
  void refusesRecurrentNetworks() {
    PlanBuilder plan = new PlanBuilder(new Shape(1, 6, 1));
    int embedding = plan.add("embedding", new Layer.Embedding(7, 4), plan.input());
    int gru = plan.add("gru", new Layer.Recurrent(Cell.GRU, 5, false), embedding);
    plan.add("logits", new Layer.Linear(7), gru);
    NetworkPlan text = plan.build();
    assertRefused(() -> engine.compile(text, 1, 1), "recurrent networks");
  }

  @Test
  void refusesSupernets() {
    Task task = new Task(new Shape(3, 8, 8), 3);
    Supernet supernet = new NasBench201Space(4, 1).supernet(task);
    assertRefused(() -> engine.compileShared(supernet, 1, 1), "supernets");
    assertRefused(() -> engine.compile(supernet.plan(), 1, 1), "supernets");
  }

  private static void assertRefused(ThrowingCallable call, String what) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            EngineException.class,
            e -> {
              assertThat(e.failure().category()).isEqualTo(Category.INVALID_PLAN);
              assertThat(e.failure().message())
                  .isEqualTo("engine dl4j cannot run " + what + ": use torch");
            });
  }

  @Test
  void refusesProxiesThatNeedTheNetworksInsides() {
    PlanBuilder plan = new PlanBuilder(new Shape(1, 4, 4));
    int conv = plan.add("conv", Layer.Conv.of(2, 3, 3, 1), plan.input());
    try (Network network = engine.compile(plan.classifier(conv, 2), 1, 1)) {
      for (Proxy proxy : new Proxy[] {Proxy.SYNFLOW, Proxy.NASWOT, Proxy.GRAD_NORM}) {
        assertThatThrownBy(() -> network.score(proxy, new Batch(1, 16)))
            .isInstanceOfSatisfying(
                EngineException.class,
                e -> {
                  assertThat(e.failure().category()).isEqualTo(Category.INVALID_PLAN);
                  assertThat(e.failure().message()).contains(proxy.label(), "torch");
                });
      }
    }
  }

  @Test
  void memoryThatTheMachineDoesNotHaveIsAFailureOfTheTrial() {
    PlanBuilder plan = new PlanBuilder(new Shape(1 << 20, 1, 1));
    plan.add("wide", new Layer.Linear(1 << 24), plan.input()); // 64 TiB
    NetworkPlan huge = plan.build();
    assertThatThrownBy(() -> engine.compile(huge, 1, 1))
        .isInstanceOfSatisfying(
            EngineException.class,
            e -> assertThat(e.failure().category()).isEqualTo(Category.OUT_OF_MEMORY));
  }

  @Test
  void tellsNativeErrorsApart() {
    assertThat(NativeFailure.failure(new RuntimeException("Allocation failed: [x]")).category())
        .isEqualTo(Category.OUT_OF_MEMORY);
    assertThat(NativeFailure.failure(new OutOfMemoryError("Physical memory usage")).category())
        .isEqualTo(Category.OUT_OF_MEMORY);
    assertThat(NativeFailure.failure(new RuntimeException("Op [conv2d] failed\nat")).message())
        .endsWith("Op [conv2d] failed");
    assertThat(NativeFailure.failure(new RuntimeException("Op [conv2d] failed")).category())
        .isEqualTo(Category.INVALID_PLAN);
  }
}
