package dev.archipelago.worker.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.doubles;
import static org.quicktheories.generators.SourceDSL.integers;
import static org.quicktheories.generators.SourceDSL.lists;
import static org.quicktheories.generators.SourceDSL.longs;

import dev.archipelago.protocol.random.SplitMix64;
import dev.archipelago.protocol.space.Shape;
import dev.archipelago.protocol.space.Task;
import dev.archipelago.protocol.trial.Split;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.quicktheories.core.Gen;

class SplitsTest {

  @Test
  void everyImageIsInExactlyOnePart() {
    qt().withExamples(100)
        .forAll(sizes(), longs().all(), fractions())
        .checkAssert(
            (sizes, seed, fraction) -> {
              ImageSet images = images(sizes, seed);
              Splits splits = Splits.of(images, 0, new Split(seed, fraction));
              assertThat(splits.both()).isEqualTo(IntStream.range(0, images.size()).toArray());
              assertThat(splits.training()).isSorted().doesNotContain(splits.validation());
              assertThat(splits.training().length + splits.validation().length)
                  .isEqualTo(images.size());
            });
  }

  @Test
  void theTwoHalvesAreTheTrainingExamplesWithTheClassesInEqualParts() {
    ImageSet images = images(List.of(20, 31, 9), 4);
    Splits splits = Splits.of(images, 0, new Split(4, 0.2));

    List<int[]> halves = splits.halves(images, 4);

    int[] all =
        IntStream.concat(Arrays.stream(halves.get(0)), Arrays.stream(halves.get(1)))
            .sorted()
            .toArray();
    assertThat(all).isEqualTo(splits.training());
    for (int label = 0; label < 3; label++) {
      int wanted = label;
      long first = Arrays.stream(halves.get(0)).filter(i -> images.label(i) == wanted).count();
      long second = Arrays.stream(halves.get(1)).filter(i -> images.label(i) == wanted).count();
      assertThat(first - second).isBetween(0L, 1L);
    }
    assertThat(splits.halves(images, 5).get(0)).isNotEqualTo(halves.get(0));
  }

  @Test
  void everyClassIsCutInProportion() {
    qt().withExamples(300)
        .forAll(sizes(), longs().all(), fractions())
        .checkAssert(
            (sizes, seed, fraction) -> {
              ImageSet images = images(sizes, seed);
              int[] held = Splits.of(images, 0, new Split(seed, fraction)).validation();
              assertThat((double) held.length).isEqualTo(Math.round(images.size() * fraction));
              double share = (double) held.length / images.size();
              for (int c = 0; c < sizes.size(); c++) {
                assertThat((double) count(images, held, c))
                    .isBetween(
                        Math.floor(sizes.get(c) * share - 1e-9),
                        Math.ceil(sizes.get(c) * share + 1e-9));
              }
            });
  }

  @Test
  void theLimitTakesExactlySoManyInProportion() {
    qt().withExamples(300)
        .forAll(sizes(), longs().all(), integers().between(10, 200))
        .checkAssert(
            (sizes, seed, limit) -> {
              ImageSet images = images(sizes, seed);
              int[] kept = Splits.of(images, limit, new Split(seed, 0.3)).both();
              int expected = Math.min(limit, images.size());
              assertThat(kept).hasSize(expected).doesNotHaveDuplicates();
              double share = (double) expected / images.size();
              for (int c = 0; c < sizes.size(); c++) {
                assertThat((double) count(images, kept, c))
                    .isBetween(
                        Math.floor(sizes.get(c) * share - 1e-9),
                        Math.ceil(sizes.get(c) * share + 1e-9));
              }
            });
  }

  @Test
  void dependsOnTheSeedAndOnNothingElse() {
    ImageSet images = images(List.of(50, 70, 30), 3);
    int[] once = Splits.of(images, 0, new Split(1, 0.2)).validation();
    assertThat(Splits.of(images, 0, new Split(1, 0.2)).validation()).isEqualTo(once);
    assertThat(Splits.of(images, 0, new Split(2, 0.2)).validation()).isNotEqualTo(once);
  }

  @Test
  void isTheSameOnEveryMachine() {
    ImageSet images = images(List.of(6, 6), 7);
    assertThat(Splits.of(images, 8, new Split(42, 0.25)).validation()).containsExactly(3, 9);
  }

  @Test
  void refusesASplitWithAnEmptyPart() {
    ImageSet images = images(List.of(2, 2), 1);
    assertThatThrownBy(() -> Splits.of(images, 0, new Split(1, 0.1)))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("4 examples cannot be split")
        .hasMessageContaining("none to validate on");
    assertThatThrownBy(() -> Splits.of(images, 2, new Split(1, 0.9)))
        .hasMessageContaining("none to train on");
  }

  private static Gen<List<Integer>> sizes() {
    return lists().of(integers().between(5, 60)).ofSizeBetween(2, 12);
  }

  private static Gen<Double> fractions() {
    return doubles().between(0.1, 0.9);
  }

  /** So many images of each class, mixed. */
  private static ImageSet images(List<Integer> sizes, long seed) {
    int[] labels =
        IntStream.range(0, sizes.size())
            .flatMap(c -> IntStream.generate(() -> c).limit(sizes.get(c)))
            .toArray();
    new SplitMix64(seed).shuffle(labels);
    Task task = new Task(new Shape(1, 1, 1), sizes.size());
    return new ImageSet(task, new byte[labels.length], labels);
  }

  private static long count(ImageSet images, int[] indices, int label) {
    return Arrays.stream(indices).filter(i -> images.label(i) == label).count();
  }
}
