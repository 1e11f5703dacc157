package dev.archipelago.worker.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.archipelago.protocol.random.SplitMix64;
import org.junit.jupiter.api.Test;

class AreaScalerTest {
  @Test
  void leavesAnImageOfTheRightSizeAlone() {
    int[][] image = {{1, 2, 3}, {250, 255, 0}};
    assertThat(new AreaScaler(3, 2, 3, 2).scale(y -> image[y]))
        .containsExactly(1, 2, 3, (byte) 250, (byte) 255, 0);
  }

  @Test
  void averagesWhatANewPixelCovers() {
    int[][] image = {{10, 20, 30, 40}, {50, 60, 70, 80}};
    assertThat(new AreaScaler(4, 2, 2, 1).scale(y -> image[y])).containsExactly(35, 55);
    int[][] row = {{0, 90, 30}}; // each half covers one and a half pixels
    assertThat(new AreaScaler(3, 1, 2, 1).scale(y -> row[y])).containsExactly(30, 50);
  }

  @Test
  void repeatsPixelsToEnlarge() {
    int[][] image = {{1, 2}, {3, 4}};
    assertThat(new AreaScaler(2, 2, 4, 4).scale(y -> image[y]))
        .containsExactly(1, 1, 2, 2, 1, 1, 2, 2, 3, 3, 4, 4, 3, 3, 4, 4);
  }

  @Test
  void agreesWithTheDefinitionForAnySizes() {
    SplitMix64 random = new SplitMix64(2);
    for (int trial = 0; trial < 200; trial++) {
      int w = 1 + random.nextInt(9);
      int h = 1 + random.nextInt(9);
      int nw = 1 + random.nextInt(9);
      int nh = 1 + random.nextInt(9);
      int[][] image = new int[h][w];
      for (int[] row : image) {
        for (int x = 0; x < w; x++) {
          row[x] = random.nextInt(256);
        }
      }
      byte[] scaled = new AreaScaler(w, h, nw, nh).scale(y -> image[y]);
      for (int y = 0; y < nh; y++) {
        for (int x = 0; x < nw; x++) {
          assertThat(scaled[y * nw + x] & 0xff).isEqualTo(mean(image, x, y, nw, nh));
        }
      }
    }
  }

  /**
   * Samples the image on a grid so fine that every new and old pixel is a whole number of cells.
   */
  private static long mean(int[][] image, int x, int y, int nw, int nh) {
    int h = image.length;
    int w = image[0].length;
    long sum = 0;
    for (int v = y * h; v < (y + 1) * h; v++) {
      for (int u = x * w; u < (x + 1) * w; u++) {
        sum += image[v / nh][u / nw];
      }
    }
    long area = (long) w * h;
    return (sum + area / 2) / area;
  }
}
