package dev.archipelago.worker.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.archipelago.protocol.space.Layer;
import dev.archipelago.protocol.space.PlanBuilder;
import dev.archipelago.protocol.space.Ragged;
import dev.archipelago.protocol.space.Row;
import dev.archipelago.protocol.space.Shape;
import dev.archipelago.protocol.space.Supernet;
import dev.archipelago.protocol.trial.Round.Order;
import dev.archipelago.worker.engine.Batch;
import dev.archipelago.worker.engine.Network.Sgd;
import dev.archipelago.worker.engine.Route.Mixture;
import java.util.List;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;

/**
 * A problem of two levels with a known solution, like the one in Figure 2 of DARTS: with w the
 * weight and a in (0, 1) that of the only operation,
 *
 * <p>L_train = (w - a)^2 and L_val = a w - 2 c a, with c = 0.6.
 *
 * <p>The best weight for any a is w = a; with it L_val = a^2 - 2 c a, which is least at a = c. Who
 * takes w for constant sees the slope w - 2 c = w - 1.2, below 0 for all w = a in (0, 1), and goes
 * on to a = 1. The step of rate 1/4 that is unrolled leads to w = a exactly (below, the layer's
 * weight and bias move together), so that the second order's slope is a + a - 2 c.
 */
class BilevelProblemTest {
  private static final double C = 0.6;
  private static final Sgd WEIGHTS = new Sgd(0.25, 0, 0, 0);

  private final Batch training = new Batch(1, 1);
  private final Batch validation = new Batch(1, 1);

  @Test
  void theSecondOrderSolvesWhatTheFirstDoesNot() {
    assertThat(solution(Order.SECOND)).isCloseTo(C, within(1e-3));
    assertThat(solution(Order.SECOND_BY_DIFFERENCES)).isCloseTo(C, within(1e-3));
    assertThat(solution(Order.FIRST)).isGreaterThan(0.9);
  }

  /** Where a ends. The network's two outputs are w and a. */
  private double solution(Order order) {
    PlanBuilder plan = new PlanBuilder(new Shape(1, 1, 1));
    int w = plan.add("w", new Layer.Linear(1), plan.input());
    int a = plan.add("a", new Layer.Choice(0, List.of(1)), plan.input());
    plan.add("both", new Layer.Concat(), w, a);
    Supernet supernet =
        new Supernet(plan.build(), List.of(new Row("row", List.of("none", "operation"))));
    TorchEngine.onCpu().close(); // loads the library
    Ragged alphas = Ragged.filled(supernet.rows(), 0);
    try (PointerScope scope = new PointerScope()) {
      TensorOptions options = new TensorOptions().dtype(new ScalarTypeOptional(ScalarType.Double));
      Weights weights = new Weights(supernet.plan(), options);
      Program program = new Program(supernet.plan(), weights);
      for (int i = 0; i < 200; i++) {
        try (PointerScope step = new PointerScope()) {
          Mixture mixture = new Mixture(alphas, 1, Optional.empty(), false);
          Architect architect = new Architect(program, weights, mixture, options, this::loss);
          Ragged gradient = architect.gradient(training, validation, order, WEIGHTS).gradient();
          alphas = alphas.with(gradient, (alpha, slope) -> alpha - 2 * slope);
          Passage passage =
              program.along(MixtureSelection.of(new Mixture(alphas, 1, Optional.empty(), false)));
          weights.clearGradients(passage.parameters());
          loss(passage, training, Norms.BATCH, 1).backward();
          weights.update(WEIGHTS, passage.parameters(), 0); // nothing is clipped
        }
      }
    }
    return alphas.softmax(1).get(0, 1);
  }

  private Tensor loss(Passage passage, Batch batch, Norms norms, int passes) {
    TensorOptions options = new TensorOptions().dtype(new ScalarTypeOptional(ScalarType.Double));
    Tensor both = passage.forward(torch.ones(new long[] {1, 1, 1, 1}, options), norms); // [1, 2]
    Tensor w = both.select(1, 0);
    Tensor a = both.select(1, 1);
    return batch == training
        ? w.sub(a).pow(new Scalar(2)).sum()
        : a.mul(w).sub(a, new Scalar(2 * C)).sum();
  }
}
