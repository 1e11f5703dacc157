package dev.archipelago.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CifarFolderTest {
  @TempDir Path directory;

  /** A record whose pixel 0 is (10, 20, 30), and all others black. */
  private static byte[] record(int label) {
    byte[] record = new byte[3073];
    record[0] = (byte) label;
    record[1] = 10;
    record[1 + 1024] = 20;
    record[1 + 2048] = (byte) 130;
    return record;
  }

  @Test
  void everyRecordIsAnImageInItsClass() throws IOException {
    try (OutputStream out =
        new GZIPOutputStream(
            Files.newOutputStream(directory.resolve("cifar10-data_batch_1.bin.gz")))) {
      out.write(record(3));
      out.write(record(9));
    }
    Path train = directory.resolve("out/train");
    assertThat(CifarFolder.write(directory, "data_batch_", train)).isEqualTo(2);
    BufferedImage image = ImageIO.read(train.resolve("cat/0.png").toFile());
    assertThat(image.getRGB(0, 0) & 0xffffff).isEqualTo(10 << 16 | 20 << 8 | 130);
    assertThat(image.getRGB(1, 0) & 0xffffff).isZero();
    assertThat(train.resolve("truck/1.png")).exists();
    assertThat(train.resolve("airplane")).isEmptyDirectory();
  }

  @Test
  void aTruncatedFileIsRefused() throws IOException {
    Files.write(directory.resolve("test_batch.bin"), Arrays.copyOf(record(0), 3000));
    assertThatThrownBy(() -> CifarFolder.write(directory, "test", directory.resolve("out")))
        .hasMessageContaining("test_batch.bin ends in the middle");
  }

  @Test
  void saysWhatItLooksFor() {
    assertThatThrownBy(() -> CifarFolder.write(directory, "test", directory.resolve("out")))
        .hasMessageContaining("test*.bin");
  }
}
