package dev.archipelago.worker.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.archipelago.protocol.space.Shape;
import dev.archipelago.protocol.space.Task;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CifarFormatTest {
  private static final Task TASK = new Task(new Shape(3, 2, 2), 10);
  private static final int IMAGE = 12;

  @Test
  void readsRecordsOfAllFilesInOrder() throws IOException {
    ImageSet set =
        new CifarFormat(List.of(10)).read(TASK, List.of(file("a", 1, 3, 9), file("b", 1, 0)));
    assertThat(set.size()).isEqualTo(3);
    assertThat(List.of(set.label(0), set.label(1), set.label(2))).containsExactly(3, 9, 0);
    assertThat(Arrays.copyOfRange(set.pixels(), IMAGE, 2 * IMAGE)).containsOnly(9 + 100);
    assertThat(Arrays.copyOfRange(set.pixels(), 2 * IMAGE, 3 * IMAGE)).containsOnly(100);
  }

  @Test
  void takesTheFineLabelOfCifar100() throws IOException {
    Task hundred = new Task(TASK.input(), 100);
    ImageSet set =
        new CifarFormat(List.of(20, 100)).read(hundred, List.of(file("a", 2, 19, 99, 0, 42)));
    assertThat(List.of(set.label(0), set.label(1))).containsExactly(99, 42);
    assertThat(set.pixels()).hasSize(2 * IMAGE).startsWith(99 + 100);
  }

  @Test
  void refusesPartsOfRecords() {
    byte[] whole = file("a", 1, 3, 9).read();
    for (int length : List.of(0, 1, IMAGE, IMAGE + 2, whole.length - 1, whole.length + 1)) {
      refuses(new InMemory("a", Arrays.copyOf(whole, length)), "no whole number of records of 13");
    }
  }

  @Test
  void refusesLabelsOutOfRange() {
    refuses(file("a", 1, 3, 10), "a: record 1 has label 10, expected 0 to 9");
    assertThatThrownBy(
            () ->
                new CifarFormat(List.of(20, 100))
                    .read(new Task(TASK.input(), 100), List.of(file("a", 2, 20, 5))))
        .hasMessageContaining("record 0 has label 20, expected 0 to 19");
  }

  /** Each record's pixels are its last label + 100. */
  private static InMemory file(String name, int labelBytes, int... labels) {
    int records = labels.length / labelBytes;
    byte[] bytes = new byte[records * (labelBytes + IMAGE)];
    int at = 0;
    for (int r = 0; r < records; r++) {
      for (int i = 0; i < labelBytes; i++) {
        bytes[at++] = (byte) labels[r * labelBytes + i];
      }
      Arrays.fill(bytes, at, at + IMAGE, (byte) (bytes[at - 1] + 100));
      at += IMAGE;
    }
    return new InMemory(name, bytes);
  }

  private static void refuses(InMemory file, String why) {
    assertThatThrownBy(() -> new CifarFormat(List.of(10)).read(TASK, List.of(file)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(why);
  }
}
