package dev.archipelago.worker.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.archipelago.protocol.space.Layer;
import dev.archipelago.protocol.space.NetworkPlan;
import dev.archipelago.protocol.space.PlanBuilder;
import dev.archipelago.protocol.space.Shape;
import dev.archipelago.protocol.trial.TrialFailure.Category;
import dev.archipelago.worker.engine.Engine;
import dev.archipelago.worker.engine.EngineContract;
import dev.archipelago.worker.engine.EngineException;
import dev.archipelago.worker.engine.EngineLostError;
import org.junit.jupiter.api.Test;

class TorchEngineTest extends EngineContract {
  private final Engine engine = OnDevice.engine();

  @Override
  public Engine engine() {
    return engine;
  }

  @Override
  public Engine limitedTo(long bytes) {
    return OnDevice.limitedTo(bytes);
  }

  @Test
  void saysWhatItIs() {
    assertThat(engine.name()).isEqualTo("torch");
    assertThat(engine.device()).isEqualTo(OnDevice.DEVICE);
  }

  @Test
  void refusesADeviceThatIsNone() {
    assertThatThrownBy(() -> new TorchEngine("gpu", 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("gpu");
  }

  @Test
  void memoryThatTheMachineDoesNotHaveIsAFailureOfTheTrial() {
    PlanBuilder plan = new PlanBuilder(new Shape(1 << 20, 1, 1));
    plan.add("wide", new Layer.Linear(1 << 24), plan.input()); // 64 TiB
    NetworkPlan huge = plan.build();
    assertThatThrownBy(() -> engine.compile(huge, 1, 1))
        .isInstanceOfSatisfying(
            EngineException.class,
            e -> {
              assertThat(e.failure().category()).isEqualTo(Category.OUT_OF_MEMORY);
              assertThat(e.failure().message()).contains("allocate");
            });
  }

  @Test
  void tellsNativeErrorsApart() {
    assertThat(NativeFailure.failure(new RuntimeException("CUDA out of memory. Tried")).category())
        .isEqualTo(Category.OUT_OF_MEMORY);
    assertThat(NativeFailure.failure(new RuntimeException("std::bad_alloc")).category())
        .isEqualTo(Category.OUT_OF_MEMORY);
    assertThat(NativeFailure.failure(new RuntimeException("mat1 and mat2\nat Frame")).message())
        .endsWith("mat1 and mat2");
    assertThat(NativeFailure.failure(new RuntimeException("mat1 and mat2")).category())
        .isEqualTo(Category.INVALID_PLAN);
  }

  @Test
  void anErrorOfCudaThatLastsIsNoTrialsFailure() {
    assertThatThrownBy(
            () ->
                NativeFailure.translate(
                    () -> {
                      throw new RuntimeException("CUDA error: device-side assert triggered\nat");
                    }))
        .isInstanceOf(EngineLostError.class)
        .hasMessage("CUDA error: device-side assert triggered");
    assertThatThrownBy(
            () ->
                NativeFailure.translate(
                    () -> {
                      throw new RuntimeException("CUDA error: out of memory");
                    }))
        .isInstanceOf(EngineException.class);
  }
}
