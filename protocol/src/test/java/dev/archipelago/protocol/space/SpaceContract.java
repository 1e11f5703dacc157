package dev.archipelago.protocol.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.archipelago.protocol.random.SplitMix64;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every search space keeps to; its test inherits this. */
abstract class SpaceContract extends SupernetContract {

  @ParameterizedTest
  @MethodSource("tasks")
  void everySampleDecodes(Task task) {
    for (SearchSpace space : spaces()) {
      SplitMix64 random = new SplitMix64(11);
      for (int i = 0; i < SAMPLES; i++) {
        NetworkPlan plan = space.decode(space.sample(random), task);
        List<Shape> shapes = plan.shapes();
        assertThat(plan.input()).isEqualTo(task.input());
        assertThat(plan.classes()).isEqualTo(task.classes());
        assertThat(shapes.get(shapes.size() - 1)).isEqualTo(new Shape(task.classes(), 1, 1));
        everyNodeIsRead(plan);
        parametersAreNamedOnce(plan);
      }
    }
  }

  /** What lets a child inherit weights. */
  @Test
  void parameterNamesAndShapesDependOnTheArchitectureOnly() {
    Task task = tasks().findFirst().orElseThrow();
    for (SearchSpace space : spaces()) {
      SplitMix64 random = new SplitMix64(12);
      for (int i = 0; i < 20; i++) {
        Architecture architecture = space.sample(random);
        assertThat(space.decode(architecture, task)).isEqualTo(space.decode(architecture, task));
      }
    }
  }

  @Test
  void describeAndParseAreInverse() {
    for (SearchSpace space : spaces()) {
      SplitMix64 random = new SplitMix64(13);
      for (int i = 0; i < SAMPLES; i++) {
        Architecture architecture = space.sample(random);
        assertThat(space.parse(space.describe(architecture))).isEqualTo(architecture);
      }
    }
  }

  @Test
  void parseNamesWhatIsWrong() {
    SearchSpace space = spaces().get(0);
    Map<String, String> right = space.describe(space.sample(new SplitMix64(14)));
    String name = space.decisions().get(space.decisions().size() - 1).name();

    Map<String, String> missing = new LinkedHashMap<>(right);
    missing.remove(name);
    assertThatThrownBy(() -> space.parse(missing)).hasMessage("decision " + name + " is missing");

    Map<String, String> wrong = new LinkedHashMap<>(right);
    wrong.put(name, "banana");
    assertThatThrownBy(() -> space.parse(wrong))
        .hasMessage("decision " + name + " has no option \"banana\"");

    Map<String, String> extra = new LinkedHashMap<>(right);
    extra.put("layer_99/colour", "red");
    assertThatThrownBy(() -> space.parse(extra)).hasMessage("unknown decisions: [layer_99/colour]");
  }

  @Test
  void checkNamesWhatIsWrong() {
    SearchSpace space = spaces().get(0);
    Architecture right = space.sample(new SplitMix64(15));
    assertThatThrownBy(() -> space.check(new Architecture("other", right.values())))
        .hasMessage("an architecture of space other is not one of " + space.kind());

    int size = right.values().size();
    List<Integer> fewer = right.values().subList(1, size);
    assertThatThrownBy(() -> space.check(new Architecture(space.kind(), fewer)))
        .hasMessage("space %s has %d decisions, the architecture %d", space.kind(), size, size - 1);

    for (int decision = 0; decision < size; decision++) {
      Decision at = space.decisions().get(decision);
      for (int value : new int[] {-1, at.cardinality()}) {
        Architecture wrong = right.with(decision, value);
        String message =
            "decision %s has %d options, not a value %d"
                .formatted(at.name(), at.cardinality(), value);
        assertThatThrownBy(() -> space.check(wrong)).hasMessage(message);
        assertThatThrownBy(() -> space.decode(wrong, new Task(new Shape(1, 8, 8), 2)))
            .hasMessage(message);
      }
    }
  }

  @Test
  void sizeCountsEveryCombination() {
    int counted = 0;
    for (SearchSpace space : spaces()) {
      if (space.size().bitLength() <= SMALL_BITS) {
        List<Architecture> all = Architectures.all(space);
        assertThat(all).doesNotHaveDuplicates().hasSize(space.size().intValueExact());
        all.forEach(space::check);
        counted++;
      }
    }
    assertThat(counted).isPositive();
  }

  @Test
  void namesOfDecisionsAreUniqueAndTheirLabelsToo() {
    for (SearchSpace space : spaces()) {
      assertThat(space.decisions().stream().map(Decision::name)).doesNotHaveDuplicates();
      for (Decision decision : space.decisions()) {
        for (int value = 0; value < decision.cardinality(); value++) {
          assertThat(decision.valueOf(decision.label(value))).isEqualTo(value);
        }
        assertThat(decision.valueOf("banana")).isEqualTo(-1);
        assertThat(decision.name()).startsWith(decision.place() + "/");
      }
    }
  }

  @Test
  void fingerprintsAreEqualExactlyWhereTheCanonicalFormIs() {
    for (SearchSpace space : spaces()) {
      if (space.size().bitLength() <= SMALL_BITS) {
        Map<String, List<String>> byFingerprint =
            Architectures.all(space).stream()
                .collect(
                    Collectors.groupingBy(
                        space::fingerprint,
                        Collectors.mapping(space::canonical, Collectors.toList())));
        List<String> canonicals = new ArrayList<>();
        byFingerprint.forEach(
            (fingerprint, forms) -> {
              assertThat(fingerprint).matches("[0-9a-f]{16}");
              assertThat(forms).containsOnly(forms.get(0));
              canonicals.add(forms.get(0));
            });
        assertThat(canonicals).doesNotHaveDuplicates();
      }
    }
  }

  @Test
  void whatGrowsStaysOfTheSpaceAndComesToAnEnd() {
    for (SearchSpace space : spaces()) {
      if (space instanceof GrowableSpace growable) {
        Task task = tasks().findFirst().orElseThrow();
        SplitMix64 random = new SplitMix64(5);
        Architecture architecture = growable.smallest();
        List<Growth> growths = growable.growths(architecture);
        while (!growths.isEmpty()) {
          Growth growth = growths.get(random.nextInt(growths.size()));
          Decision decision = growable.decisions().get(growth.decision());
          int before = Integer.parseInt(decision.label(architecture.value(growth.decision())));
          assertThat(Integer.parseInt(decision.label(growth.value()))).isGreaterThan(before);
          Architecture grown = growth.of(architecture);
          growable.check(grown);
          assertThat(params(growable.decode(grown, task)))
              .isGreaterThan(params(growable.decode(architecture, task)));
          architecture = grown;
          growths = growable.growths(grown);
        }
      }
    }
  }

  private static long params(NetworkPlan plan) {
    return plan.parameters().stream().mapToLong(NetworkPlan.Parameter::elements).sum();
  }
}
