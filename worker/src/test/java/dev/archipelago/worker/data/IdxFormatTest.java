package dev.archipelago.worker.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class IdxFormatTest {
  private static final byte[] IMAGES = TinySet.idxImages(4, 2, 3);
  private static final byte[] LABELS = TinySet.idxLabels(2, 0, 1, 0);

  @Test
  void readsImagesRowByRowWithTheirLabels() throws IOException {
    ImageSet set = read(IMAGES, LABELS);
    assertThat(set.size()).isEqualTo(4);
    assertThat(set.task()).isEqualTo(TinySet.TASK);
    assertThat(set.pixels()).isEqualTo(Arrays.copyOfRange(IMAGES, 16, IMAGES.length));
    assertThat(List.of(set.label(0), set.label(1), set.label(2), set.label(3)))
        .containsExactly(2, 0, 1, 0);
  }

  @Test
  void refusesWrongMagicNumbers() {
    refuses(LABELS, LABELS, "images is no IDX file of images: it begins with 0x00000801");
    refuses(IMAGES, IMAGES, "labels is no IDX file of labels: it begins with 0x00000803");
    refuses(TinySet.gzip(IMAGES), LABELS, "no IDX file of images");
  }

  @Test
  void refusesAFileThatEndsAnywhereTooEarly() {
    for (int length = 0; length < IMAGES.length; length++) {
      refuses(Arrays.copyOf(IMAGES, length), LABELS, "images is cut short");
    }
    for (int length = 0; length < LABELS.length; length++) {
      refuses(IMAGES, Arrays.copyOf(LABELS, length), "labels is cut short");
    }
  }

  @Test
  void refusesBytesAfterTheEnd() {
    refuses(Arrays.copyOf(IMAGES, IMAGES.length + 1), LABELS, "images has bytes after its end");
    refuses(IMAGES, Arrays.copyOf(LABELS, LABELS.length + 1), "labels has bytes after its end");
  }

  @Test
  void refusesCountsThatDoNotFit() {
    refuses(TinySet.idxImages(5, 2, 3), LABELS, "holds 5 images, but labels holds 4 labels");
    refuses(TinySet.idxImages(4, 3, 2), LABELS, "images of 3x2, expected 2x3");
    refuses(with(IMAGES, 4, -1), LABELS, "claims to hold -1");
    refuses(with(IMAGES, 4, Integer.MAX_VALUE), LABELS, "cut short");
    refuses(IMAGES, with(LABELS, 4, 0), "claims to hold 0");
  }

  @Test
  void refusesALabelOutOfRange() {
    refuses(IMAGES, TinySet.idxLabels(2, 0, 3, 0), "label 2 is 3, expected 0 to 2");
    refuses(IMAGES, TinySet.idxLabels(2, 0, 1, 255), "label 3 is 255");
  }

  private static byte[] with(byte[] file, int at, int value) {
    byte[] changed = file.clone();
    ByteBuffer.wrap(changed).putInt(at, value);
    return changed;
  }

  private static ImageSet read(byte[] images, byte[] labels) throws IOException {
    return new IdxFormat()
        .read(
            TinySet.TASK, List.of(new InMemory("images", images), new InMemory("labels", labels)));
  }

  private static void refuses(byte[] images, byte[] labels, String why) {
    assertThatThrownBy(() -> read(images, labels))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(why);
  }
}
