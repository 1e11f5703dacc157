package dev.archipelago.worker.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.archipelago.protocol.space.Shape;
import dev.archipelago.protocol.space.Task;
import dev.archipelago.protocol.trial.Split;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DatasetTest {
  private final ExampleSet train =
      new TableSet(
          new Task(new Shape(1, 1, 1), 2),
          new float[100],
          IntStream.range(0, 100).map(i -> i % 2).toArray());
  private final Dataset dataset = new Dataset(train, () -> train);

  @Test
  void keepsTheLastSplit() {
    Splits splits = dataset.splits(50, new Split(1, 0.2));
    assertThat(dataset.splits(50, new Split(1, 0.2))).isSameAs(splits);
    for (Splits other :
        new Splits[] {
          dataset.splits(40, new Split(1, 0.2)),
          dataset.splits(50, new Split(2, 0.2)),
          dataset.splits(50, new Split(1, 0.4))
        }) {
      assertThat(other.training()).isNotEqualTo(splits.training());
    }
    Splits again = dataset.splits(50, new Split(1, 0.2));
    assertThat(again.training()).isEqualTo(train.split(50, new Split(1, 0.2)).training());
  }

  @Test
  void keepsTheLastNormalization() {
    int[] indices = {1, 2, 3};
    Normalization normal = dataset.normalization(indices);
    assertThat(dataset.normalization(new int[] {1, 2, 3})).isSameAs(normal);
    indices[0] = 4; // the caller's own
    assertThat(dataset.normalization(indices)).isNotSameAs(normal);
    assertThat(dataset.normalization(new int[] {4, 2, 3})).isNotSameAs(normal);
    assertThat(dataset.normalization(new int[0])).isNotSameAs(normal);
  }
}
