package dev.archipelago.worker.engine;

import static dev.archipelago.worker.engine.Readings.bits;
import static dev.archipelago.worker.engine.Readings.combine;
import static dev.archipelago.worker.engine.Readings.gradients;
import static dev.archipelago.worker.engine.Readings.infer;
import static dev.archipelago.worker.engine.Readings.norm;
import static dev.archipelago.worker.engine.SamplePlans.OBLONG;
import static dev.archipelago.worker.engine.SamplePlans.SMALL_ODD;
import static dev.archipelago.worker.engine.SamplePlans.TEXT;
import static dev.archipelago.worker.engine.SamplePlans.allCells;
import static dev.archipelago.worker.engine.SamplePlans.allLayers;
import static dev.archipelago.worker.engine.SamplePlans.allOnVectors;
import static dev.archipelago.worker.engine.SamplePlans.chain;
import static dev.archipelago.worker.engine.SamplePlans.dealt;
import static dev.archipelago.worker.engine.SamplePlans.examples;
import static dev.archipelago.worker.engine.SamplePlans.gated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.archipelago.protocol.random.SplitMix64;
import dev.archipelago.protocol.space.Layer;
import dev.archipelago.protocol.space.NetworkPlan;
import dev.archipelago.protocol.space.PlanBuilder;
import dev.archipelago.protocol.space.Ragged;
import dev.archipelago.protocol.space.Row;
import dev.archipelago.protocol.space.Shape;
import dev.archipelago.protocol.space.Supernet;
import dev.archipelago.protocol.space.Task;
import dev.archipelago.protocol.trial.Precision;
import dev.archipelago.protocol.trial.Round.Order;
import dev.archipelago.protocol.trial.Training;
import dev.archipelago.worker.engine.Network.Sgd;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * How an engine trains that has {@link Precision#BF16}: float32 is the oracle. bfloat16 has 8 bits
 * of precision, so that what is computed in it differs by about 2^-8, and not by nothing.
 */
public interface PrecisionContract {
  Sgd STEP = new Sgd(0.05, 0.9, 1e-3, 5);

  /** The same for all tests. */
  Engine engine();

  private Network compile(NetworkPlan plan, Precision precision) {
    return engine().compile(plan, 1, 1, precision);
  }

  @Test
  default void everyLayersGradientIsThatOfFloat32ToEightBits() {
    for (NetworkPlan plan :
        List.of(allLayers(OBLONG), gated(OBLONG), dealt(OBLONG), allOnVectors(OBLONG))) {
      checkGradient(plan, examples(OBLONG, 16, 3));
    }
    checkGradient(allCells(TEXT), examples(TEXT, 16, 3));
  }

  private void checkGradient(NetworkPlan plan, Batch batch) {
    try (Network exact = compile(plan, Precision.FLOAT32);
        Network mixed = compile(plan, Precision.BF16)) {
      Map<String, float[]> start = exact.weights();
      double lossNats = exact.step(batch, new Sgd(0, 0, 0, 0));
      double mixedNats = mixed.step(batch, new Sgd(0, 0, 0, 0));
      assertThat(mixedNats).isNotEqualTo(lossNats).isCloseTo(lossNats, within(0.02 * lossNats));
      Map<String, float[]> expected = gradients(exact, start, batch);
      Map<String, float[]> differences = new LinkedHashMap<>();
      gradients(mixed, start, batch)
          .forEach((name, g) -> differences.put(name, combine(g, 1, expected.get(name), -1)));
      assertThat(norm(differences) / norm(expected)).isBetween(5e-4, 0.05);
      assertThat(mixed.fallbacks()).isZero();
    }
  }

  /** The same network, float32 weights, whatever it was trained in. */
  @Test
  default void whatIsMeasuredIsInFloat32() {
    NetworkPlan plan = allLayers(OBLONG);
    Batch batch = examples(OBLONG, 16, 3);
    try (Network exact = compile(plan, Precision.FLOAT32);
        Network mixed = compile(plan, Precision.BF16)) {
      mixed.step(batch, STEP);
      assertThat(exact.restore(mixed.checkpoint())).isTrue();
      assertThat(infer(mixed, plan, batch)).containsExactly(infer(exact, plan, batch));
    }
  }

  @Test
  default void float32IsWhatOneGetsWhoAsksForNothing() {
    assertThat(bits(steps(engine().compile(chain(OBLONG, 8), 1, 1))))
        .isEqualTo(bits(steps(compile(chain(OBLONG, 8), Precision.FLOAT32))));
  }

  @Test
  default void equalSeedsGiveEqualBitsInBf16() {
    assertThat(bits(steps(compile(chain(OBLONG, 8), Precision.BF16))))
        .isEqualTo(bits(steps(compile(chain(OBLONG, 8), Precision.BF16))))
        .isNotEqualTo(bits(steps(compile(chain(OBLONG, 8), Precision.FLOAT32))));
  }

  private static Map<String, float[]> steps(Network network) {
    try (network) {
      Batch batch = examples(OBLONG, 16, 3);
      for (int i = 0; i < 5; i++) {
        network.step(batch, STEP);
      }
      return network.checkpoint();
    }
  }

  /** White is above the largest bfloat16, and below the largest float32. */
  @Test
  default void aStepThatIsTooMuchForBf16IsDoneInFloat32() {
    PlanBuilder builder = new PlanBuilder(new Shape(1, 4, 4));
    int conv = builder.add("conv", Layer.Conv.of(2, 1, 1, 1), builder.input());
    int norm = builder.add("norm", new Layer.BatchNorm(), conv);
    NetworkPlan plan = builder.classifier(norm, 3);
    Batch batch = examples(new Task(plan.input(), 3), 8, 1);
    Batch white = examples(new Task(plan.input(), 3), 8, 1);
    for (int i = 0; i < 8 * white.elements(); i++) {
      white.images().put(i, 3.4e38f);
    }
    Map<String, float[]> faint = Map.of("conv.weight", new float[] {1e-30f, -1e-30f});
    Sgd still = new Sgd(0, 0.9, 0, 0);
    try (Network exact = compile(plan, Precision.FLOAT32);
        Network mixed = compile(plan, Precision.BF16)) {
      mixed.step(batch, STEP);
      assertThat(mixed.fallbacks()).isZero();
      exact.restore(mixed.checkpoint());
      exact.load(faint);
      mixed.load(faint);
      double lossNats = exact.step(white, still);
      assertThat(lossNats).isFinite();
      assertThat(mixed.step(white, still)).isEqualTo(lossNats);
      assertThat(mixed.fallbacks()).isEqualTo(1);
      assertThat(bits(mixed.checkpoint()))
          .as("nothing of the step in bfloat16 is left")
          .isEqualTo(bits(exact.checkpoint()));
    }
  }

  @Test
  default void whatDivergesInFloat32DivergesInBf16() {
    Batch batch = examples(SMALL_ODD, 4, 3);
    batch.images().put(0, Float.NaN);
    try (Network network = compile(chain(SMALL_ODD, 4), Precision.BF16)) {
      assertThat(network.step(batch, STEP)).isNaN();
      assertThat(network.fallbacks()).isEqualTo(1);
    }
  }

  /** On classes that overlap; both precisions of a seed see the same images. */
  @Test
  default void trainsToTheAccuracyOfFloat32WithinNoise() {
    double[] exact = trained(Precision.FLOAT32);
    double[] mixed = trained(Precision.BF16);
    double noise = Math.sqrt(variance(exact) / exact.length);
    assertThat(mean(exact)).as("neither chance nor saturation").isBetween(0.6, 0.95);
    assertThat(noise).as("standard error over the seeds").isBetween(0.005, 0.05);
    assertThat(mean(mixed)).isCloseTo(mean(exact), within(noise / 2));
  }

  private double[] trained(Precision precision) {
    return IntStream.range(0, 8).mapToDouble(seed -> trained(seed, precision)).toArray();
  }

  private double trained(long seed, Precision precision) {
    Training training =
        new Training(4, 32, 0.1, 0.9, 3e-4, 5, Training.Augmentation.NONE, 1, precision);
    try (Network network = engine().compile(chain(SMALL_ODD, 6), seed, 1, precision)) {
      new Trainer(network, faint(256, 2 * seed), Optional.empty(), training, seed)
          .train(progress -> {}, () -> false);
      return Evaluator.score(network::infer, faint(1000, 2 * seed + 1), 100).accuracy();
    }
  }

  /** As {@link ArraySource#patches}, in half of the contrast. */
  private static ArraySource faint(int size, long seed) {
    SplitMix64 random = new SplitMix64(seed);
    int elements = Math.toIntExact(SMALL_ODD.input().elements());
    int classes = SMALL_ODD.classes();
    float[] images = new float[size * elements];
    int[] labels = new int[size];
    for (int i = 0; i < size; i++) {
      labels[i] = random.nextInt(classes);
      for (int j = 0; j < elements; j++) {
        float noise = (float) (random.nextDouble() * 2 - 1);
        images[i * elements + j] = j * classes / elements == labels[i] ? noise + 0.5f : noise;
      }
    }
    return new ArraySource(SMALL_ODD, images, labels, true);
  }

  private static double mean(double[] values) {
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]).average().orElseThrow();
  }

  private static double variance(double[] values) {
    double mean = mean(values);
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    return squares / (values.length - 1);
  }

  @Test
  default void supernetsTrainInBf16AndTheirAlphasInFloat32() {
    Supernet supernet = SampleSupernets.cell(SMALL_ODD, 4);
    Ragged alphas = new Ragged(alphas(supernet.rows()));
    Route.Mixture mixture = new Route.Mixture(alphas, 1, Optional.empty(), false);
    Batch batch = examples(SMALL_ODD, 8, 3);
    Batch other = examples(SMALL_ODD, 8, 4);
    for (Route route : List.of(mixture, new Route.Path(List.of(1, 2, 3)))) {
      try (SharedNetwork exact = engine().compileShared(supernet, 1, 1, Precision.FLOAT32);
          SharedNetwork mixed = engine().compileShared(supernet, 1, 1, Precision.BF16)) {
        double lossNats = exact.step(batch, route, STEP);
        assertThat(mixed.step(batch, route, STEP))
            .isNotEqualTo(lossNats)
            .isCloseTo(lossNats, within(0.02 * lossNats));
        assertThat(mixed.fallbacks()).isZero();
        exact.restore(mixed.checkpoint());
        assertThat(mixed.gradient(batch, other, mixture, Order.SECOND, STEP))
            .isEqualTo(exact.gradient(batch, other, mixture, Order.SECOND, STEP));
      }
    }
  }

  private static List<List<Double>> alphas(List<Row> rows) {
    return rows.stream().map(row -> Collections.nCopies(row.options().size(), 0.0)).toList();
  }
}
