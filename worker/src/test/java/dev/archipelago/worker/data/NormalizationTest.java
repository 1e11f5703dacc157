package dev.archipelago.worker.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.archipelago.protocol.random.SplitMix64;
import dev.archipelago.protocol.space.Shape;
import dev.archipelago.protocol.space.Task;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class NormalizationTest {
  private static final Shape SHAPE = new Shape(3, 4, 5);
  private static final int PLANE = 20;

  @Test
  void measuresTheGivenImagesAlone() {
    ImageSet images = images(20);
    int[] chosen = {1, 4, 17};
    Normalization normal = Normalization.of(images, chosen);
    for (int c = 0; c < 3; c++) {
      double[] values = values(images, chosen, c);
      double mean = Arrays.stream(values).average().orElseThrow();
      double variance =
          Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
      assertThat(normal.mean(c)).isCloseTo(mean, within(1e-12));
      assertThat(normal.deviation(c)).isCloseTo(Math.sqrt(variance), within(1e-12));
    }
  }

  @Test
  void doesNotDependOnTheOrder() {
    ImageSet images = images(20);
    float[][] one = Normalization.of(images, new int[] {1, 2, 3}).table();
    assertThat(Normalization.of(images, new int[] {3, 1, 2}).table()).isDeepEqualTo(one);
  }

  @Test
  void makesMeanZeroAndDeviationOne() {
    ImageSet images = images(20);
    int[] all = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
    float[][] table = Normalization.of(images, all).table();
    for (int c = 0; c < 3; c++) {
      float[] channel = table[c];
      double[] normalised =
          Arrays.stream(values(images, all, c))
              .map(v -> channel[(int) Math.rint(v * 255)])
              .toArray();
      assertThat(Arrays.stream(normalised).average().orElseThrow()).isCloseTo(0, within(1e-6));
      assertThat(Arrays.stream(normalised).map(v -> v * v).average().orElseThrow())
          .isCloseTo(1, within(1e-5));
    }
  }

  @Test
  void onlyShiftsAChannelWithoutContrast() {
    byte[] pixels = new byte[60];
    Arrays.fill(pixels, (byte) 200);
    ImageSet flat = new ImageSet(new Task(SHAPE, 2), pixels, new int[] {0});
    Normalization normal = Normalization.of(flat, new int[] {0});
    assertThat(normal.deviation(1)).isEqualTo(1);
    assertThat(normal.table()[1][200]).isEqualTo(0);
  }

  @Test
  void measuresATableColumnByColumn() {
    SplitMix64 random = new SplitMix64(9);
    float[] values = new float[4 * 50];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (random.nextDouble() * Math.pow(10, i % 4));
    }
    TableSet table = new TableSet(new Task(new Shape(4, 1, 1), 2), values, new int[50]);
    int[] chosen = {3, 1, 40, 17, 22, 49};
    Normalization normal = Normalization.of(table, chosen);
    for (int c = 0; c < 4; c++) {
      double sum = 0;
      double squares = 0;
      for (int row : chosen) {
        sum += values[row * 4 + c];
      }
      double mean = sum / chosen.length;
      for (int row : chosen) {
        squares += (values[row * 4 + c] - mean) * (values[row * 4 + c] - mean);
      }
      assertThat(normal.mean(c)).isEqualTo(mean); // to the bit: trials are repeated
      assertThat(normal.deviation(c)).isEqualTo(Math.sqrt(squares / chosen.length));
    }
  }

  /** In units of white. */
  private static double[] values(ImageSet images, int[] chosen, int channel) {
    return Arrays.stream(chosen)
        .flatMap(i -> Arrays.stream(indices((i * 3 + channel) * PLANE)))
        .mapToDouble(at -> (images.pixels()[at] & 0xff) / 255.0)
        .toArray();
  }

  private static int[] indices(int from) {
    int[] indices = new int[PLANE];
    Arrays.setAll(indices, i -> from + i);
    return indices;
  }

  private static ImageSet images(int count) {
    byte[] pixels = new byte[count * 3 * PLANE];
    SplitMix64 random = new SplitMix64(5);
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) random.nextInt(1 + i % 256);
    }
    return new ImageSet(new Task(SHAPE, 2), pixels, new int[count]);
  }
}
