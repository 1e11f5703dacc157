package dev.archipelago.worker.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.archipelago.protocol.random.SplitMix64;
import dev.archipelago.protocol.space.Shape;
import dev.archipelago.protocol.space.Task;
import dev.archipelago.protocol.trial.Training.Augmentation;
import dev.archipelago.worker.data.ImageSet;
import dev.archipelago.worker.data.TrainingBatches;
import dev.archipelago.worker.engine.Batch;
import dev.archipelago.worker.engine.BatchSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PrefetchedBatchesTest {
  private static final Task TASK = new Task(new Shape(2, 3, 4), 3);
  private static final int ELEMENTS = 24;
  private static final int EXAMPLES = 11;

  private static BatchSource source() {
    byte[] pixels = new byte[EXAMPLES * ELEMENTS];
    int[] labels = new int[EXAMPLES];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i * 37);
    }
    Arrays.setAll(labels, i -> i % 3);
    ImageSet images = new ImageSet(TASK, pixels, labels);
    int[] all = IntStream.range(0, EXAMPLES).toArray();
    return new TrainingBatches(images, all, images.normalization(all), new Augmentation(1, true));
  }

  private static BatchSource ahead(BatchSource source) {
    return new PrefetchedBatches(source, ForkJoinPool.commonPool(), true);
  }

  @Test
  void givesTheSourcesBatchesPassAfterPass() {
    BatchSource plain = source();
    BatchSource ahead = ahead(source());
    assertThat(ahead.task()).isEqualTo(TASK);
    assertThat(ahead.size()).isEqualTo(EXAMPLES);
    for (int pass = 1; pass < 4; pass++) {
      assertThat(pass(ahead, pass, 4, 9)).hasSize(3).isEqualTo(pass(plain, pass, 4, 9));
    }
  }

  @Test
  void aPassMayBeLeftAndBegunAnew() {
    BatchSource plain = source();
    BatchSource ahead = ahead(source());
    for (int pass = 1; pass < 4; pass++) {
      assertThat(pass(ahead, pass, 4, pass % 3)).isEqualTo(pass(plain, pass, 4, pass % 3));
    }
    assertThat(pass(ahead, 9, 5, 9)).as("of another size").isEqualTo(pass(plain, 9, 5, 9));
  }

  @Test
  void aPassThatIsOverStaysOver() {
    BatchSource ahead = ahead(source());
    pass(ahead, 1, 4, 9);
    Batch batch = new Batch(4, ELEMENTS);
    assertThat(ahead.next(batch)).isFalse();
    assertThat(batch.size()).isZero();
  }

  @Test
  void preparesAheadAndLeavesCropsToWhoeverKeepsTheImages() {
    List<Runnable> queue = new ArrayList<>();
    BatchSource ahead =
        new PrefetchedBatches(
            source(),
            task -> {
              queue.add(task);
              task.run();
            },
            false);
    Batch batch = new Batch(4, ELEMENTS);
    ahead.begin(new SplitMix64(1));
    assertThat(ahead.next(batch)).isTrue();
    assertThat(queue).as("the first one and the next").hasSize(2);
    assertThat(batch.crops()).isPresent();
  }

  @Test
  void whatGoesWrongMeanwhileGoesWrongInTheReader() {
    BatchSource broken =
        new BatchSource() {
          private int read;

          @Override
          public Task task() {
            return TASK;
          }

          @Override
          public int size() {
            return EXAMPLES;
          }

          @Override
          public void begin(SplitMix64 random) {
            read = 0;
          }

          @Override
          public boolean next(Batch batch) {
            if (read++ == 1) {
              throw new IllegalStateException("unreadable");
            }
            batch.size(1);
            return true;
          }
        };
    BatchSource ahead = ahead(broken);
    Batch batch = new Batch(4, ELEMENTS);
    for (int pass = 0; pass < 2; pass++) {
      ahead.begin(new SplitMix64(1));
      assertThat(ahead.next(batch)).isTrue();
      assertThatThrownBy(() -> ahead.next(batch))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("unreadable");
    }
  }

  private record Read(List<Float> values, List<Integer> labels) {}

  private static List<Read> pass(BatchSource source, long seed, int capacity, int most) {
    Batch batch = new Batch(capacity, ELEMENTS);
    List<Read> batches = new ArrayList<>();
    source.begin(new SplitMix64(seed));
    while (batches.size() < most && source.next(batch)) {
      List<Float> values = new ArrayList<>();
      for (int i = 0; i < batch.size() * ELEMENTS; i++) {
        values.add(batch.images().get(i));
      }
      batches.add(
          new Read(values, Arrays.stream(batch.labels(), 0, batch.size()).boxed().toList()));
    }
    return batches;
  }
}
