package dev.archipelago.worker.engine;

import static dev.archipelago.worker.engine.Readings.bits;
import static dev.archipelago.worker.engine.Readings.nativeBytes;
import static dev.archipelago.worker.engine.Readings.norm;
import static dev.archipelago.worker.engine.SamplePlans.SMALL_ODD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.archipelago.protocol.random.SplitMix64;
import dev.archipelago.protocol.space.CellSpace;
import dev.archipelago.protocol.space.ChainSpace;
import dev.archipelago.protocol.space.NasBench201Space;
import dev.archipelago.protocol.space.NetworkPlan;
import dev.archipelago.protocol.space.NetworkPlan.Parameter;
import dev.archipelago.protocol.space.Operation;
import dev.archipelago.protocol.space.Ragged;
import dev.archipelago.protocol.space.Shape;
import dev.archipelago.protocol.space.SharedSpace;
import dev.archipelago.protocol.space.Supernet;
import dev.archipelago.protocol.space.Task;
import dev.archipelago.protocol.trial.Round.Order;
import dev.archipelago.worker.engine.Network.Sgd;
import dev.archipelago.worker.engine.SharedNetwork.Statistics;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What an engine that runs supernets makes of routes: the oracle is {@link StandAlone}. */
public interface SharedContract {
  /** The engine; the same for all tests. */
  Engine engine();

  private SharedNetwork compile(Supernet supernet) {
    return engine().compileShared(supernet, 1, 1);
  }

  @Test
  default void everyPathIsTheNetworkThatItStandsFor() {
    checkPaths(SampleSupernets.cell(SMALL_ODD, 4), 1);
    checkPaths(SampleSupernets.partial(SMALL_ODD), 3);
  }

  /** Every n-th path, with the weights and statistics that some steps along others left. */
  private void checkPaths(Supernet supernet, int every) {
    Batch batch = examples(5);
    try (SharedNetwork network = compile(supernet)) {
      List<List<Integer>> paths = paths(supernet);
      for (int i = 0; i < 20; i++) {
        network.step(batch, new Route.Path(paths.get(i * 7)), new Sgd(0.05, 0.9, 1e-3, 5));
      }
      Map<String, float[]> shared = network.checkpoint();
      for (int i = 0; i < paths.size(); i += every) {
        StandAlone alone = new StandAlone(supernet, paths.get(i));
        NetworkPlan plan = alone.plan();
        float[] logits = new float[batch.size() * plan.classes()];
        network.infer(batch, new Route.Path(paths.get(i)), Statistics.RUNNING, logits);
        try (Network own = engine().compile(plan, 2, 1)) {
          Map<String, float[]> weights = alone.weights(plan, shared);
          assertThat(own.load(weights)).isEqualTo(own.weights().size());
          assertThat(logits)
              .as("path %s", paths.get(i))
              .containsExactly(Readings.infer(own, plan, batch), within(1e-4f));
        }
      }
    }
  }

  @Test
  default void everySpacesPathsAreTheNetworksThatTheirPlansAre() {
    List<Operation> operations =
        List.of(
            Operation.SKIP_CONNECT,
            Operation.MAX_POOL_3X3,
            Operation.SEP_CONV_3X3,
            Operation.DIL_CONV_5X5);
    CellSpace cells = new CellSpace(2, operations, 2, 1, 4);
    ChainSpace chains = new ChainSpace(3, List.of(1, 3), List.of(1), List.of(4), true);
    NasBench201Space table = new NasBench201Space(4, 1);
    SplitMix64 random = new SplitMix64(6);
    for (SharedSpace space : List.of(cells, chains, table)) {
      checkRandomPaths(space.supernet(SMALL_ODD), () -> space.path(space.sample(random)));
    }
    for (int share : List.of(1, 2)) {
      Supernet relaxed = cells.relaxed(SMALL_ODD, share);
      checkRandomPaths(
          relaxed,
          () -> relaxed.rows().stream().map(r -> random.nextInt(r.options().size())).toList());
    }
  }

  private void checkRandomPaths(Supernet supernet, Supplier<List<Integer>> paths) {
    Batch batch = examples(5);
    try (SharedNetwork network = compile(supernet)) {
      for (int i = 0; i < 8; i++) {
        List<Integer> path = paths.get();
        network.step(batch, new Route.Path(path), new Sgd(0.02, 0.9, 1e-3, 5));
        float[] logits = new float[batch.size() * supernet.plan().classes()];
        network.infer(batch, new Route.Path(path), Statistics.RUNNING, logits);
        NetworkPlan plan = supernet.path(path);
        try (Network own = engine().compile(plan, 2, 1)) {
          own.load(supernet.weights(network.checkpoint(), path));
          assertThat(logits)
              .as("path %s", path)
              .containsExactly(Readings.infer(own, plan, batch), within(1e-3f));
        }
      }
    }
  }

  @Test
  default void aStepAlongAPathIsAStepOfTheNetworkThatItStandsFor() {
    Supernet supernet = SampleSupernets.cell(SMALL_ODD, 4);
    Batch batch = examples(5);
    Sgd sgd = new Sgd(0.05, 0.9, 1e-3, 0.5);
    for (List<Integer> path : List.of(List.of(2, 0, 3), List.of(0, 4, 2), List.of(3, 2, 5))) {
      StandAlone alone = new StandAlone(supernet, path);
      NetworkPlan plan = alone.plan();
      try (SharedNetwork network = compile(supernet);
          Network own = engine().compile(plan, 2, 1)) {
        Map<String, float[]> start = network.checkpoint();
        own.load(alone.weights(plan, start));
        double loss = own.step(batch, sgd);
        own.step(batch, sgd);
        assertThat(network.step(batch, new Route.Path(path), sgd)).isCloseTo(loss, within(1e-5));
        network.step(batch, new Route.Path(path), sgd);
        Map<String, float[]> after = alone.weights(plan, network.checkpoint());
        own.weights()
            .forEach(
                (name, values) ->
                    assertThat(after.get(name)).as(name).containsExactly(values, within(1e-4f)));
      }
    }
  }

  @Test
  default void onlyWhatARouteUsesMoves() {
    Supernet supernet = SampleSupernets.cell(SMALL_ODD, 4);
    Batch batch = examples(5);
    try (SharedNetwork network = compile(supernet)) {
      network.step(batch, mixture(supernet, 0.1, false), new Sgd(0.05, 0.9, 1e-3, 5));
      Map<String, float[]> before = network.checkpoint();
      List<Integer> path = List.of(3, 1, 4);
      network.step(batch, new Route.Path(path), new Sgd(0.05, 0.9, 1e-3, 5));
      Map<String, float[]> after = network.checkpoint();
      TreeSet<String> used = new TreeSet<>();
      new StandAlone(supernet, path).plan().parameters().forEach(p -> used.add(p.name()));
      for (Parameter parameter : supernet.plan().parameters()) {
        String name = parameter.name();
        boolean moved =
            !bits(Map.of(name, before.get(name))).equals(bits(Map.of(name, after.get(name))));
        assertThat(moved).as(name).isEqualTo(used.contains(name));
        String momentum = name + Network.MOMENTUM;
        assertThat(bits(Map.of(name, before.get(momentum))))
            .as(momentum)
            .satisfies(
                bits -> {
                  if (!used.contains(name)) {
                    assertThat(bits).isEqualTo(bits(Map.of(name, after.get(momentum))));
                  }
                });
        assertThat(after.get(name + SharedNetwork.UPDATES))
            .containsExactly(used.contains(name) ? 2 : 1);
      }
    }
  }

  @Test
  default void theGradientIsClippedByTheNormOverWhatIsUsed() {
    Supernet supernet = SampleSupernets.cell(SMALL_ODD, 4);
    Batch batch = examples(5);
    Route path = new Route.Path(List.of(2, 0, 1));
    try (SharedNetwork network = compile(supernet)) {
      network.step(batch, mixture(supernet, 0.1, false), new Sgd(0, 0, 0, 0)); // leaves gradients
      Map<String, float[]> start = network.checkpoint();
      network.step(batch, path, new Sgd(1, 0, 0, 0.01));
      Map<String, float[]> after = network.checkpoint();
      Map<String, float[]> moved = new LinkedHashMap<>();
      for (Parameter parameter : supernet.plan().parameters()) {
        String name = parameter.name();
        moved.put(name, Readings.combine(start.get(name), 1, after.get(name), -1));
      }
      assertThat(norm(moved)).isCloseTo(0.01, within(1e-5));
    }
  }

  @Test
  default void aMixtureWithOneWeightIsThePath() {
    Supernet supernet = SampleSupernets.cell(SMALL_ODD, 4);
    Batch batch = examples(5);
    List<Integer> path = List.of(2, 5, 3);
    Ragged alphas = peaks(supernet, path, 200);
    try (SharedNetwork network = compile(supernet)) {
      float[] along = infer(network, supernet, batch, new Route.Path(path));
      Route soft = new Route.Mixture(alphas, 1, Optional.empty(), false);
      assertThat(infer(network, supernet, batch, soft)).containsExactly(along, within(1e-5f));
      Route hard =
          new Route.Mixture(
              Ragged.filled(supernet.rows(), 0), 3, Optional.of(peaks(supernet, path, 0.1)), true);
      assertThat(infer(network, supernet, batch, hard)).containsExactly(along, within(1e-6f));
      Route alone = new Route.Paths(List.of(path, path));
      assertThat(infer(network, supernet, batch, alone)).containsExactly(along, within(1e-6f));
    }
  }

  @Test
  default void severalPathsAreTheirMeanAndEveryIsTheSum() {
    Supernet supernet = SampleSupernets.cell(SMALL_ODD, 4);
    Batch batch = examples(5);
    double e = 1e3;
    try (SharedNetwork network = compile(supernet)) {
      Route paths = new Route.Paths(List.of(List.of(2, 5, 3), List.of(4, 5, 0), List.of(1, 5, 3)));
      Ragged alphas =
          new Ragged(
              List.of(
                  List.of(0., e, e, 0., e, 0.),
                  List.of(0., 0., 0., 0., 0., e),
                  List.of(0., 0., 0., e, 0., 0.)));
      Route mean = new Route.Mixture(alphas, 1, Optional.empty(), false);
      assertThat(infer(network, supernet, batch, paths))
          .containsExactly(infer(network, supernet, batch, mean), within(1e-5f));
      Route every = new Route.Path(List.of(Supernet.EVERY, 5, 3));
      float[] sum = infer(network, supernet, batch, every);
      float[] five = infer(network, supernet, batch, new Route.Paths(List.of(List.of(-1, 5, 3))));
      assertThat(norm(Readings.combine(sum, 1, five, -1))).isGreaterThan(1e-2);
      for (float logit : sum) {
        assertThat(logit).isFinite();
      }
    }
  }

  @Test
  default void alphasLeaveWeightsMomentumAndStatisticsAlone() {
    Supernet supernet = SampleSupernets.cell(SMALL_ODD, 4);
    Batch training = examples(5);
    Batch validation = examples(6);
    Sgd sgd = new Sgd(0.05, 0.9, 1e-3, 5);
    Route.Mixture mixture = mixture(supernet, 0.1, false);
    try (SharedNetwork network = compile(supernet)) {
      network.step(training, mixture, sgd);
      List<Integer> before = bits(network.checkpoint());
      for (Order order : Order.values()) {
        network.gradient(training, validation, mixture, order, sgd);
      }
      network.hessianProduct(validation, mixture, Ragged.filled(supernet.rows(), 1));
      float[] logits = new float[validation.size() * 3];
      network.infer(validation, mixture, Statistics.BATCH, logits);
      assertThat(bits(network.checkpoint())).isEqualTo(before);
    }
  }

  @Test
  default void recalibrationIsTheMeanOfTheBatchesStatistics() {
    Supernet supernet = SampleSupernets.cell(SMALL_ODD, 4);
    Route path = new Route.Path(List.of(2, 4, 0));
    ArraySource source = ArraySource.patches(SMALL_ODD, 24, 9, false);
    String mean = "stem/norm" + Initializer.RUNNING_MEAN;
    String elsewhere = "edge_2/dil/norm" + Initializer.RUNNING_MEAN;
    try (SharedNetwork network = compile(supernet)) {
      network.step(examples(5), mixture(supernet, 0.1, false), new Sgd(0.05, 0.9, 0, 0));
      Map<String, float[]> before = network.checkpoint();
      double[] sum = new double[4];
      for (int i = 0; i < 3; i++) {
        source.begin(new SplitMix64(0));
        for (int skipped = 0; skipped < i; skipped++) {
          source.next(new Batch(8, 2 * 7 * 7));
        }
        network.recalibrate(source, 1, 8, path); // that of one batch
        for (int c = 0; c < 4; c++) {
          sum[c] += network.checkpoint().get(mean)[c];
        }
      }
      source.begin(new SplitMix64(0));
      network.recalibrate(source, 100, 8, path); // all three
      Map<String, float[]> after = network.checkpoint();
      for (int c = 0; c < 4; c++) {
        assertThat((double) after.get(mean)[c]).isCloseTo(sum[c] / 3, within(1e-5));
      }
      assertThat(after.get(mean)).isNotEqualTo(before.get(mean));
      assertThat(after.get(elsewhere)).containsExactly(before.get(elsewhere));
    }
  }

  @Test
  default void goesOnFromACheckpointBitForBit() {
    Supernet supernet = SampleSupernets.cell(SMALL_ODD, 4);
    Sgd sgd = new Sgd(0.05, 0.9, 1e-3, 5);
    Route path = new Route.Path(List.of(2, 4, 0));
    try (SharedNetwork network = compile(supernet);
        SharedNetwork other = engine().compileShared(supernet, 2, 1)) {
      network.step(examples(5), path, sgd);
      Map<String, float[]> checkpoint = network.checkpoint();
      assertThat(other.restore(checkpoint)).isTrue();
      assertThat(other.checkpoint().get("stem/conv.weight.updates")).containsExactly(0);
      assertThat(network.restore(checkpoint)).isTrue();
      network.step(examples(6), path, sgd);
      other.step(examples(6), path, sgd);
      assertThat(bits(other.checkpoint())).isEqualTo(bits(network.checkpoint()));
      checkpoint.remove("stem/conv.weight.updates");
      assertThat(other.restore(checkpoint)).isFalse();
    }
  }

  @Test
  default void learnsASeparableProblemAlongRandomPaths() {
    Supernet supernet = SampleSupernets.cell(SMALL_ODD, 8);
    Batch batch = ArraySource.patches(SMALL_ODD, 64, 3, false).batch(64);
    SplitMix64 random = new SplitMix64(4);
    try (SharedNetwork network = compile(supernet)) {
      List<Double> losses = new ArrayList<>();
      for (int i = 0; i < 120; i++) {
        List<Integer> path =
            List.of(1 + random.nextInt(5), 1 + random.nextInt(5), random.nextInt(6));
        losses.add(network.step(batch, new Route.Path(path), new Sgd(0.1, 0.9, 0, 5)));
      }
      double last = losses.subList(100, 120).stream().mapToDouble(x -> x).average().orElseThrow();
      assertThat(last).isLessThan(losses.get(0) / 2);
    }
  }

  @Test
  default void memoryStaysFlatOverManySteps() {
    Task task = new Task(new Shape(3, 16, 16), 5);
    Supernet supernet = SampleSupernets.cell(task, 8);
    Batch batch = ArraySource.patches(task, 16, 3, false).batch(16);
    Sgd sgd = new Sgd(0.01, 0.9, 0, 1);
    Route.Mixture mixture = mixture(supernet, 0.1, false);
    List<List<Integer>> paths = paths(supernet);
    try (SharedNetwork network = compile(supernet)) {
      long before = 0;
      for (int i = 0; i < 600; i++) {
        if (i == 100) {
          before = nativeBytes();
        }
        network.step(batch, new Route.Path(paths.get(i % paths.size())), sgd);
        if (i % 20 == 0) {
          network.step(batch, mixture, sgd);
          for (Order order : Order.values()) {
            network.gradient(batch, batch, mixture, order, sgd);
          }
        }
      }
      // Had a step kept one map of 8 channels alone, it would be 16 * 8 * 256 * 4 bytes.
      assertThat(nativeBytes() - before).isLessThan(before / 20);
      assertThat(500L * 16 * 8 * 256 * Float.BYTES).isGreaterThan(before / 20);
    }
  }

  @Test
  default void refusesRoutesThatAreNotTheSupernets() {
    Supernet supernet = SampleSupernets.cell(SMALL_ODD, 4);
    float[] logits = new float[15];
    try (SharedNetwork network = compile(supernet)) {
      for (Route route :
          List.of(
              new Route.Path(List.of(1, 1)),
              new Route.Path(List.of(1, 1, 6)),
              new Route.Mixture(new Ragged(List.of(List.of(0.))), 1, Optional.empty(), false))) {
        assertThatThrownBy(() -> network.infer(examples(5), route, Statistics.BATCH, logits))
            .isInstanceOf(EngineException.class);
      }
    }
  }

  private static float[] infer(SharedNetwork network, Supernet supernet, Batch batch, Route route) {
    float[] logits = new float[batch.size() * supernet.plan().classes()];
    network.infer(batch, route, Statistics.BATCH, logits);
    return logits;
  }

  private static Route.Mixture mixture(Supernet supernet, double spread, boolean hard) {
    SplitMix64 random = new SplitMix64(8);
    Ragged alphas =
        Ragged.filled(supernet.rows(), 0).map(zero -> spread * (random.nextDouble() - 0.5));
    return new Route.Mixture(alphas, 1, Optional.empty(), hard);
  }

  private static Ragged peaks(Supernet supernet, List<Integer> path, double height) {
    List<List<Double>> rows = new ArrayList<>();
    for (int i = 0; i < path.size(); i++) {
      List<Double> row = new ArrayList<>();
      for (int j = 0; j < supernet.rows().get(i).options().size(); j++) {
        row.add(j == path.get(i) ? height : 0.0);
      }
      rows.add(row);
    }
    return new Ragged(rows);
  }

  private static List<List<Integer>> paths(Supernet supernet) {
    List<List<Integer>> paths = List.of(List.of());
    for (int row = 0; row < supernet.rows().size(); row++) {
      List<List<Integer>> longer = new ArrayList<>();
      for (List<Integer> path : paths) {
        for (int option = 0; option < supernet.rows().get(row).options().size(); option++) {
          List<Integer> one = new ArrayList<>(path);
          one.add(option);
          longer.add(one);
        }
      }
      paths = longer;
    }
    return paths;
  }

  private static Batch examples(long seed) {
    return ArraySource.patches(SMALL_ODD, 5, seed, false).batch(5);
  }
}
