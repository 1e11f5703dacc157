package dev.archipelago.worker.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.archipelago.protocol.random.SplitMix64;
import dev.archipelago.protocol.space.Shape;
import dev.archipelago.protocol.space.Task;
import dev.archipelago.protocol.trial.Training.Augmentation;
import dev.archipelago.worker.engine.Batch;
import dev.archipelago.worker.engine.BatchSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchesTest {
  private static final Shape SHAPE = new Shape(2, 3, 4);
  private static final int ELEMENTS = 24;

  private final ImageSet images = images(11);
  private final int[] all = IntStream.range(0, 11).toArray();
  private final Normalization normal = Normalization.of(images, all);

  @Test
  void evaluationKeepsOrderAndTheLastPart() {
    int[] chosen = {7, 2, 9, 0, 4};
    EvaluationBatches batches = new EvaluationBatches(images, chosen, normal);
    assertThat(batches.size()).isEqualTo(5);
    assertThat(batches.task()).isEqualTo(images.task());
    for (int pass = 0; pass < 2; pass++) {
      assertThat(pass(batches, 2, pass)).extracting(List::size).containsExactly(2, 2, 1);
      List<Example> seen = pass(batches, 2, pass).stream().flatMap(List::stream).toList();
      for (int i = 0; i < chosen.length; i++) {
        assertThat(seen.get(i)).isEqualTo(expected(chosen[i], 0, 0, false));
      }
    }
  }

  @Test
  void aPassMayBeLeftAndBegunAnew() {
    EvaluationBatches batches = new EvaluationBatches(images, normal);
    Batch batch = new Batch(4, ELEMENTS);
    batches.begin(new SplitMix64(0));
    assertThat(batches.next(batch)).isTrue();
    assertThat(pass(batches, 4, 0)).extracting(List::size).containsExactly(4, 4, 3);
    assertThat(batches.next(batch)).isFalse();
    assertThat(batch.size()).isZero();
    assertThat(batch.images().position()).isZero();
  }

  @Test
  void trainingShowsEachImageOnceInAnOrderOfTheSeed() {
    TrainingBatches batches = new TrainingBatches(images, all, normal, Augmentation.NONE);
    List<Example> first = flat(pass(batches, 4, 1));
    List<Example> second = flat(pass(batches, 4, 2));
    assertThat(first)
        .hasSize(11)
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(second);
    assertThat(first).isNotEqualTo(second);
    assertThat(flat(pass(batches, 4, 1))).isEqualTo(first);
    assertThat(flat(pass(batches, 5, 1))).as("whatever the batch size").isEqualTo(first);
  }

  @Test
  void augmentationIsPixelExact() {
    Augmentation augmentation = new Augmentation(2, true);
    TrainingBatches batches = new TrainingBatches(images, all, normal, augmentation);
    Set<List<Integer>> moves = new HashSet<>();
    for (int epoch = 0; epoch < 60; epoch++) {
      for (Example example : flat(pass(batches, 4, epoch))) {
        List<Integer> move = moveOf(example, 2);
        moves.add(move);
      }
    }
    assertThat(moves).as("every window, mirrored and not").hasSize(5 * 5 * 2);
  }

  @Test
  void augmentationDoesOnlyWhatItSays() {
    TrainingBatches flips = new TrainingBatches(images, all, normal, new Augmentation(0, true));
    TrainingBatches crops = new TrainingBatches(images, all, normal, new Augmentation(1, false));
    int mirrored = 0;
    for (int epoch = 0; epoch < 100; epoch++) {
      for (Example example : flat(pass(flips, 4, epoch))) {
        List<Integer> move = moveOf(example, 0);
        mirrored += move.get(2);
      }
      for (Example example : flat(pass(crops, 4, epoch))) {
        assertThat(moveOf(example, 1).get(2)).isZero();
      }
    }
    assertThat(mirrored / 1100.0).isCloseTo(0.5, within(0.06));
  }

  @Test
  void epochsOfEqualGeneratorsAreEqualAlsoWithAugmentation() {
    Augmentation augmentation = new Augmentation(2, true);
    TrainingBatches one = new TrainingBatches(images, all, normal, augmentation);
    TrainingBatches other = new TrainingBatches(images, all, normal, augmentation);
    pass(other, 3, 99);
    assertThat(flat(pass(other, 4, 5))).isEqualTo(flat(pass(one, 4, 5)));
    assertThat(flat(pass(other, 4, 6))).isNotEqualTo(flat(pass(one, 4, 5)));
  }

  @Test
  void theGeneratorIsTheCallersAgainAfterBegin() {
    TrainingBatches batches = new TrainingBatches(images, all, normal, new Augmentation(2, true));
    SplitMix64 random = new SplitMix64(3);
    batches.begin(random);
    long disturbed = random.nextLong();
    List<Example> seen = flat(rest(batches, 4));
    SplitMix64 again = new SplitMix64(3);
    batches.begin(again);
    assertThat(flat(rest(batches, 4))).isEqualTo(seen);
    assertThat(again.nextLong()).isEqualTo(disturbed);
  }

  /** An image as a batch held it. */
  private record Example(int label, List<Float> values) {}

  private static List<List<Example>> pass(BatchSource source, int capacity, long seed) {
    source.begin(new SplitMix64(seed));
    return rest(source, capacity);
  }

  private static List<List<Example>> rest(BatchSource source, int capacity) {
    Batch batch = new Batch(capacity, ELEMENTS);
    List<List<Example>> batches = new ArrayList<>();
    while (source.next(batch)) {
      List<Example> examples = new ArrayList<>();
      for (int i = 0; i < batch.size(); i++) {
        List<Float> values = new ArrayList<>();
        for (int e = 0; e < ELEMENTS; e++) {
          values.add(batch.images().get(i * ELEMENTS + e));
        }
        examples.add(new Example(batch.labels()[i], values));
      }
      batches.add(examples);
    }
    return batches;
  }

  private static List<Example> flat(List<List<Example>> batches) {
    return batches.stream().flatMap(List::stream).toList();
  }

  /** The one (down, right, mirrored) that makes the example from the image of its label. */
  private List<Integer> moveOf(Example example, int padding) {
    for (int down = -padding; down <= padding; down++) {
      for (int right = -padding; right <= padding; right++) {
        for (int mirrored = 0; mirrored < 2; mirrored++) {
          if (example.equals(expected(example.label(), down, right, mirrored == 1))) {
            return List.of(down, right, mirrored);
          }
        }
      }
    }
    throw new AssertionError("no move of image " + example.label() + " looks like " + example);
  }

  /** By the definition: crop, mirror and normalise pixel by pixel, with no table. */
  private Example expected(int image, int down, int right, boolean mirrored) {
    List<Float> values = new ArrayList<>();
    for (int c = 0; c < SHAPE.channels(); c++) {
      for (int y = 0; y < SHAPE.height(); y++) {
        for (int x = 0; x < SHAPE.width(); x++) {
          int column = mirrored ? SHAPE.width() - 1 - x : x;
          int pixel = pixel(image, c, y + down, column + right);
          values.add((float) ((pixel / 255.0 - normal.mean(c)) / normal.deviation(c)));
        }
      }
    }
    return new Example(image, values);
  }

  private int pixel(int image, int c, int y, int x) {
    if (y < 0 || y >= SHAPE.height() || x < 0 || x >= SHAPE.width()) {
      return 0;
    }
    return images
            .pixels()[((image * SHAPE.channels() + c) * SHAPE.height() + y) * SHAPE.width() + x]
        & 0xff;
  }

  /** Random images, none black anywhere; each is a class of its own, so that its label names it. */
  private static ImageSet images(int count) {
    byte[] pixels = new byte[count * ELEMENTS];
    SplitMix64 random = new SplitMix64(1);
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (1 + random.nextInt(255));
    }
    int[] labels = new int[count];
    Arrays.setAll(labels, i -> i);
    return new ImageSet(new Task(SHAPE, count), pixels, labels);
  }
}
