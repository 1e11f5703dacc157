package dev.archipelago.worker.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.archipelago.protocol.random.SplitMix64;
import dev.archipelago.protocol.space.Ragged;
import dev.archipelago.protocol.space.Shape;
import dev.archipelago.protocol.space.Supernet;
import dev.archipelago.protocol.space.Task;
import dev.archipelago.protocol.trial.Precision;
import dev.archipelago.protocol.trial.Round.Order;
import dev.archipelago.worker.engine.ArraySource;
import dev.archipelago.worker.engine.Batch;
import dev.archipelago.worker.engine.Initializer;
import dev.archipelago.worker.engine.MemoryLimit;
import dev.archipelago.worker.engine.Network.Sgd;
import dev.archipelago.worker.engine.Route.Mixture;
import dev.archipelago.worker.engine.SampleSupernets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Derivatives in the alphas against central finite differences of what they are said to be
 * derivatives of, in double precision: separable and dilated convolutions, pools, batch norms.
 */
class AlphaGradientTest {
  private static final Task TASK = new Task(new Shape(2, 7, 7), 3);
  private static final double STEP = 1e-5; // of alpha
  private static final int NONE = 0; // the option without a candidate

  /** Momentum and decay are there, since the unrolled step has them. */
  private static final Sgd VIRTUAL = new Sgd(0.1, 0.9, 0.01, 0);

  private final Supernet supernet = SampleSupernets.cell(TASK, 4);
  private final Batch training = ArraySource.patches(TASK, 6, 1, false).batch(6);
  private final Batch validation = ArraySource.patches(TASK, 6, 2, false).batch(6);
  private final TorchSharedNetwork network = settled();

  /** With weights, momentum and alphas that are nothing special. */
  private TorchSharedNetwork settled() {
    TorchEngine.onCpu().close(); // loads the library
    TorchSharedNetwork fresh =
        new TorchSharedNetwork(
            supernet, Place.of("cpu"), new MemoryLimit(0), ScalarType.Double, Precision.FLOAT32);
    fresh.load(Initializer.weights(supernet.plan(), 5));
    for (int i = 0; i < 3; i++) {
      fresh.step(training, mixture(alphas(), Optional.empty()), new Sgd(0.05, 0.9, 0, 0));
    }
    return fresh;
  }

  @AfterEach
  void close() {
    network.close();
  }

  private Ragged alphas() {
    return random(3);
  }

  private Ragged random(long seed) {
    SplitMix64 random = new SplitMix64(seed);
    return Ragged.filled(supernet.rows(), 0).map(zero -> 2 * random.nextDouble() - 1);
  }

  private static Mixture mixture(Ragged alphas, Optional<Ragged> noise) {
    return new Mixture(alphas, 0.7, noise, false);
  }

  @Test
  void firstOrderIsTheSlopeOfTheValidationLoss() {
    for (Optional<Ragged> noise : List.of(Optional.<Ragged>empty(), Optional.of(random(4)))) {
      Mixture mixture = mixture(alphas(), noise);
      Ragged gradient =
          network.gradient(training, validation, mixture, Order.FIRST, VIRTUAL).gradient();
      Ragged slopes = slopes(a -> network.loss(validation, mixture(a, noise)));
      assertThat(distance(gradient, slopes)).isLessThan(1e-6);
    }
  }

  @Test
  void secondOrderIsTheSlopeThroughTheUnrolledStep() {
    Mixture mixture = mixture(alphas(), Optional.empty());
    Ragged second =
        network.gradient(training, validation, mixture, Order.SECOND, VIRTUAL).gradient();
    Ragged slopes = slopes(this::unrolledLoss);
    assertThat(distance(second, slopes)).isLessThan(1e-6);
    Ragged first = network.gradient(training, validation, mixture, Order.FIRST, VIRTUAL).gradient();
    assertThat(distance(first, slopes)).isGreaterThan(0.01); // so that the step matters here
  }

  /**
   * As near as the kinks of ReLUs within the paper's step of 0.01 let them, at the paper's rate: a
   * tenth of what the unrolled step adds. Dividing wrongly would miss as much as it adds, or more.
   */
  @Test
  void differencesComeNearTheExactProduct() {
    Batch some = ArraySource.patches(TASK, 32, 1, false).batch(32);
    Batch others = ArraySource.patches(TASK, 32, 2, false).batch(32);
    Mixture mixture = mixture(alphas(), Optional.empty());
    Sgd sgd = new Sgd(0.025, 0.9, 0.01, 0);
    Ragged exact = network.gradient(some, others, mixture, Order.SECOND, sgd).gradient();
    Ragged near =
        network.gradient(some, others, mixture, Order.SECOND_BY_DIFFERENCES, sgd).gradient();
    Ragged still =
        network.gradient(some, others, mixture, Order.SECOND, new Sgd(1e-9, 0, 0, 0)).gradient();
    assertThat(distance(near, exact)).isLessThan(1e-2);
    assertThat(distance(still, exact)).isGreaterThan(5e-2);
  }

  @Test
  void theLossIsTheValidationBatchs() {
    Mixture mixture = mixture(alphas(), Optional.empty());
    assertThat(network.gradient(training, validation, mixture, Order.FIRST, VIRTUAL).lossNats())
        .isCloseTo(network.loss(validation, mixture), within(1e-12));
    assertThat(network.gradient(training, validation, mixture, Order.SECOND, VIRTUAL).lossNats())
        .isCloseTo(unrolledLoss(alphas()), within(1e-12));
  }

  @Test
  void theHessianTimesAVectorIsTheSlopeOfTheGradient() {
    Ragged vector = random(6);
    Ragged product =
        network.hessianProduct(validation, mixture(alphas(), Optional.empty()), vector);
    Ragged up = first(alphas().with(vector, (a, v) -> a + STEP * v));
    Ragged down = first(alphas().with(vector, (a, v) -> a - STEP * v));
    Ragged slope = up.with(down, (a, b) -> (a - b) / (2 * STEP));
    assertThat(distance(product, slope)).isLessThan(1e-6);
  }

  private Ragged first(Ragged alphas) {
    Mixture mixture = mixture(alphas, Optional.empty());
    return network.gradient(training, validation, mixture, Order.FIRST, VIRTUAL).gradient();
  }

  /**
   * The operation taken has weight 1, and the gradient of w behind it: the slope of the loss in
   * that weight, alone, times the slope of softmax. The former is measured where two options share
   * a weight of 1 and one of them is {@code none}.
   */
  @Test
  void theGradientPassesStraightThroughAHardChoice() {
    Ragged alphas = alphas();
    Ragged noise = random(7);
    Ragged w = alphas.with(noise, Double::sum).softmax(0.7);
    Mixture hard = new Mixture(alphas, 0.7, Optional.of(noise), true);
    Ragged gradient = network.gradient(training, validation, hard, Order.FIRST, VIRTUAL).gradient();
    List<Integer> taken = w.rows().stream().map(row -> row.indexOf(Collections.max(row))).toList();
    assertThat(taken).doesNotContain(NONE);
    double h = 1e-3;
    for (int row = 0; row < w.size(); row++) {
      double slope = // one-sided, exact up to h^2
          (3 * weighed(taken, row, 1)
                  - 4 * weighed(taken, row, 1 - h)
                  + weighed(taken, row, 1 - 2 * h))
              / (2 * h);
      double own = w.get(row, taken.get(row));
      for (int i = 0; i < w.row(row).size(); i++) {
        double kronecker = i == taken.get(row) ? 1 : 0;
        double expected = slope * own * (kronecker - w.get(row, i)) / 0.7;
        assertThat(gradient.get(row, i)).isCloseTo(expected, within(1e-4 * Math.abs(slope)));
      }
      assertThat(Math.abs(slope)).isGreaterThan(1e-3);
    }
  }

  /** The loss along a path, with a weight in one row. */
  private double weighed(List<Integer> path, int at, double weight) {
    List<List<Double>> rows = new ArrayList<>();
    for (int row = 0; row < path.size(); row++) {
      List<Double> logarithms = new ArrayList<>(Collections.nCopies(options(row), -1e3));
      logarithms.set(NONE, row == at && weight < 1 ? Math.log(1 - weight) : -1e3);
      logarithms.set(path.get(row), row == at ? Math.log(weight) : 0);
      rows.add(logarithms);
    }
    return network.loss(validation, new Mixture(new Ragged(rows), 1, Optional.empty(), false));
  }

  private int options(int row) {
    return supernet.rows().get(row).options().size();
  }

  /** L_val(w - xi * (momentum * v + grad_w L_train(w, a) + decay * w), a), by a real step. */
  private double unrolledLoss(Ragged alphas) {
    Mixture mixture = mixture(alphas, Optional.empty());
    return network.undone(
        () -> {
          network.step(training, mixture, VIRTUAL);
          return network.loss(validation, mixture);
        });
  }

  private Ragged slopes(ToDoubleFunction<Ragged> objective) {
    List<List<Double>> slopes = new ArrayList<>();
    for (int row = 0; row < supernet.rows().size(); row++) {
      List<Double> slope = new ArrayList<>();
      for (int option = 0; option < supernet.rows().get(row).options().size(); option++) {
        double up = objective.applyAsDouble(moved(row, option, STEP));
        double down = objective.applyAsDouble(moved(row, option, -STEP));
        slope.add((up - down) / (2 * STEP));
      }
      slopes.add(slope);
    }
    return new Ragged(slopes);
  }

  private Ragged moved(int row, int option, double by) {
    List<List<Double>> rows = new ArrayList<>();
    alphas().rows().forEach(one -> rows.add(new ArrayList<>(one)));
    rows.get(row).set(option, rows.get(row).get(option) + by);
    return new Ragged(rows);
  }

  /** Relative. */
  private static double distance(Ragged actual, Ragged expected) {
    return length(actual.with(expected, (a, b) -> a - b)) / length(expected);
  }

  private static double length(Ragged numbers) {
    return Math.sqrt(numbers.rows().stream().flatMap(List::stream).mapToDouble(x -> x * x).sum());
  }
}
