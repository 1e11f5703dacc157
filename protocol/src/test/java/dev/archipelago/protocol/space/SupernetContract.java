package dev.archipelago.protocol.space;

import static org.assertj.core.api.Assertions.assertThat;

import dev.archipelago.protocol.random.SplitMix64;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What spaces keep to whose networks share weights; of others it asks nothing. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SupernetContract {
  static final int SAMPLES = 60;

  /** Spaces of up to 2^14 architectures are walked through. */
  static final int SMALL_BITS = 14;

  /** Spaces of the kind under test, of very different sizes. */
  abstract List<SearchSpace> spaces();

  /** Tasks of the form that the space is for; images, if its test says nothing else. */
  Stream<Task> tasks() {
    return Stream.of(
        new Task(new Shape(1, 28, 28), 10),
        new Task(new Shape(3, 32, 32), 100),
        new Task(new Shape(1, 7, 7), 2),
        new Task(new Shape(2, 15, 9), 3),
        new Task(new Shape(1, 3, 20), 2),
        new Task(new Shape(5, 1, 1), 4));
  }

  /** What the output does not depend on would be computed, counted and never trained. */
  static void everyNodeIsRead(NetworkPlan plan) {
    Set<Integer> read = new HashSet<>();
    plan.nodes().forEach(node -> read.addAll(node.inputs()));
    assertThat(read).hasSize(plan.nodes().size() - 1);
  }

  static void parametersAreNamedOnce(NetworkPlan plan) {
    List<String> names = plan.parameters().stream().map(NetworkPlan.Parameter::name).toList();
    assertThat(names).doesNotHaveDuplicates();
  }

  private static final List<Integer> SHARES = List.of(1, 2, 4);

  /** Those whose settings allow it; the others say which of them does not. */
  private List<SharedSpace> sharedSpaces() {
    List<SharedSpace> shared = new ArrayList<>();
    for (SearchSpace space : spaces()) {
      if (space instanceof SharedSpace sharing && allows(space, sharing::rows)) {
        shared.add(sharing);
      }
    }
    boolean some = spaces().stream().anyMatch(SharedSpace.class::isInstance);
    assertThat(shared).as("one of the spaces can share weights").hasSizeGreaterThan(some ? 0 : -1);
    return shared;
  }

  private static boolean allows(SearchSpace space, Runnable use) {
    try {
      use.run();
      return true;
    } catch (IllegalArgumentException e) {
      assertThat(e.getMessage().split(" ", 2)[0]).isIn(space.settings().keySet());
      return false;
    }
  }

  /** Layer by layer in one order; only the names differ. */
  @ParameterizedTest
  @MethodSource("tasks")
  void everyPathIsTheNetworkThatItsArchitectureDecodesTo(Task task) {
    for (SharedSpace space : sharedSpaces()) {
      Supernet supernet = space.supernet(task);
      SplitMix64 random = new SplitMix64(16);
      for (int i = 0; i < SAMPLES; i++) {
        Architecture architecture = space.sample(random);
        NetworkPlan decoded = space.decode(architecture, task);
        NetworkPlan path = supernet.path(space.path(architecture));
        assertThat(unnamed(path)).as(architecture.toString()).isEqualTo(unnamed(decoded));
        assertThat(path.shapes()).isEqualTo(decoded.shapes());
      }
    }
  }

  private static List<String> unnamed(NetworkPlan plan) {
    return plan.nodes().stream().map(node -> node.layer() + " of " + node.inputs()).toList();
  }

  @Test
  void theSupernetHasTheWeightsOfEveryPath() {
    Task task = tasks().findFirst().orElseThrow();
    for (SharedSpace space : sharedSpaces()) {
      Supernet supernet = space.supernet(task);
      Map<String, float[]> shared = new HashMap<>();
      for (NetworkPlan.Parameter parameter : supernet.plan().parameters()) {
        shared.put(parameter.name(), new float[Math.toIntExact(parameter.elements())]);
      }
      SplitMix64 random = new SplitMix64(17);
      for (int i = 0; i < 20; i++) {
        List<Integer> path = space.path(space.sample(random));
        Map<String, Long> expected = new HashMap<>();
        supernet.path(path).parameters().forEach(own -> expected.put(own.name(), own.elements()));
        Map<String, Long> sizes = new HashMap<>();
        supernet
            .weights(shared, path)
            .forEach((name, values) -> sizes.put(name, (long) values.length));
        assertThat(sizes).isEqualTo(expected);
      }
    }
  }

  /** A candidate that two options had would be trained for both. */
  @Test
  void everyPathOfOneArchitectureIsItsOwn() {
    for (SharedSpace space : sharedSpaces()) {
      if (space.size().bitLength() <= SMALL_BITS) {
        assertThat(Architectures.all(space).stream().map(space::path)).doesNotHaveDuplicates();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("tasks")
  void sharedSupernetsAreWhole(Task task) {
    for (SharedSpace space : sharedSpaces()) {
      isWhole(space.supernet(task), task);
      assertThat(space.supernet(task).rows()).isEqualTo(space.rows());
      assertThat(space.supernet(task)).isEqualTo(space.supernet(task));
    }
  }

  @ParameterizedTest
  @MethodSource("tasks")
  void relaxedSupernetsAreWhole(Task task) {
    relaxedSpaces(
        (space, share) -> {
          Supernet supernet = space.relaxed(task, share);
          isWhole(supernet, task);
          assertThat(supernet.rows()).isEqualTo(space.relaxedRows(share));
          assertThat(supernet).isEqualTo(space.relaxed(task, share));
          assertThat(supernet.plan().nodes().stream().map(NetworkPlan.Node::layer))
              .doesNotHaveAnyElementsOfTypes(Layer.BatchNorm.class);
        });
  }

  /** Those shares that the space's channels can be divided by; 1 is always among them. */
  private void relaxedSpaces(BiConsumer<RelaxedSpace, Integer> check) {
    Task task = tasks().findFirst().orElseThrow();
    for (SearchSpace space : spaces()) {
      for (int share : SHARES) {
        if (space instanceof RelaxedSpace relaxed
            && (share == 1 || allows(space, () -> relaxed.relaxed(task, share)))) {
          check.accept(relaxed, share);
        }
      }
    }
  }

  /** Every row has candidates for its options, but for those that let nothing through. */
  private static void isWhole(Supernet supernet, Task task) {
    NetworkPlan plan = supernet.plan();
    everyNodeIsRead(plan);
    parametersAreNamedOnce(plan);
    assertThat(plan.input()).isEqualTo(task.input());
    assertThat(plan.classes()).isEqualTo(task.classes());
    assertThat(supernet.rows().stream().map(Row::name)).doesNotHaveDuplicates();
    Map<Integer, List<Integer>> options = new HashMap<>();
    for (NetworkPlan.Node node : plan.nodes()) {
      if (node.layer() instanceof Layer.Choice choice) {
        options.merge(
            choice.row(),
            choice.options(),
            (one, other) -> {
              assertThat(other).as("every node of a row has the same options").isEqualTo(one);
              return one;
            });
      }
    }
    for (int i = 0; i < supernet.rows().size(); i++) {
      Row row = supernet.rows().get(i);
      List<Integer> expected = new ArrayList<>();
      for (int option = 0; option < row.options().size(); option++) {
        if (!List.of("none", "no").contains(row.options().get(option))) {
          expected.add(option);
        }
      }
      assertThat(options.get(i)).as(row.name()).containsExactlyInAnyOrderElementsOf(expected);
    }
  }

  @Test
  void derivesAMemberWhosePathIsThatOfTheWeights() {
    relaxedSpaces(
        (space, share) -> {
          Supernet supernet = space.relaxed(new Task(new Shape(2, 15, 9), 3), share);
          SplitMix64 random = new SplitMix64(18);
          for (int i = 0; i < 20; i++) {
            Ragged weights =
                Ragged.filled(supernet.rows(), 0).map(zero -> random.nextDouble()).softmax(0.5);
            Architecture derived = space.derive(weights, share);
            space.check(derived);
            List<Integer> path = space.relaxedPath(derived, share);
            assertThat(supernet.path(path).classes()).isEqualTo(3);
            // The weights that stand for exactly this path derive it again.
            assertThat(space.derive(certain(supernet.rows(), path), share)).isEqualTo(derived);
          }
        });
  }

  /** 1 for the option that a path takes and 0 for others; equal ones where it takes every one. */
  private static Ragged certain(List<Row> rows, List<Integer> path) {
    List<List<Double>> weights = new ArrayList<>();
    for (int i = 0; i < path.size(); i++) {
      List<Double> row = new ArrayList<>(Collections.nCopies(rows.get(i).options().size(), 0.0));
      if (path.get(i) == Supernet.EVERY) {
        Collections.fill(row, 1.0 / row.size());
      } else {
        row.set(path.get(i), 1.0);
      }
      weights.add(row);
    }
    return new Ragged(weights);
  }
}
