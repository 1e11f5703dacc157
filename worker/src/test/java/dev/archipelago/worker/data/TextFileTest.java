package dev.archipelago.worker.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.archipelago.protocol.space.Shape;
import dev.archipelago.protocol.space.Task;
import dev.archipelago.protocol.trial.DatasetRef;
import dev.archipelago.protocol.trial.Examples;
import dev.archipelago.protocol.trial.Split;
import dev.archipelago.protocol.trial.Training.Augmentation;
import dev.archipelago.worker.engine.Batch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextFileTest {
  private static final Examples.Windows THREE = new Examples.Windows(3);

  @TempDir private Path directory;

  @Test
  void windowsAreFollowedByTheirLabel() throws IOException {
    Path file = file("abcdabcdabcdabcdabcdabcdabcdabcdabcdabcd"); // 40
    Task task = probe(file, THREE);
    assertThat(task).isEqualTo(new Task(new Shape(1, 3, 1), 5)); // a to d, and any other
    ExampleSet train = load(file, THREE, task).train();
    assertThat(train.size()).isEqualTo(36 - 3);
    Batch batch = new Batch(2, 3);
    new EvaluationBatches(train, new int[] {0, 32}, train.normalization(new int[] {0})).next(batch);
    assertThat(values(batch)).containsExactly(1, 2, 3, 1, 2, 3);
    assertThat(batch.labels()).containsExactly(4, 4);
  }

  @Test
  void theAlphabetIsThatOfTheTrainingPart() throws IOException {
    Path file = file("ab\ud83d\ude00\n".repeat(20) + "abxbaybz"); // the last tenth has x, y, z
    Task task = probe(file, THREE);
    assertThat(task.classes()).isEqualTo(5);
    ExampleSet test = load(file, THREE, task).test();
    assertThat(test.size()).isEqualTo(8 - 3);
    Batch batch = new Batch(5, 3);
    new EvaluationBatches(test, Normalization.NONE).next(batch);
    assertThat(batch.labels()).containsExactly(3, 2, 0, 3, 0);
    assertThat(values(batch)).startsWith(2, 3, 0);
  }

  @Test
  void partsShareNoCharacter() throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 300; i++) {
      text.appendCodePoint(0x4e00 + i); // every character tells its place
    }
    Path file = file(text.toString());
    ExampleSet train = load(file, THREE, probe(file, THREE)).train();
    Splits splits = train.split(0, new Split(1, 0.2));
    Set<Integer> trained = characters(train, splits.training());
    Set<Integer> validated = characters(train, splits.validation());
    assertThat(trained).hasSize(216).doesNotContainAnyElementsOf(validated);
    assertThat(validated).hasSize(54);
    assertThat(splits.training()).hasSize(216 - 3);
    assertThat(splits.validation()).hasSize(54 - 3);
  }

  private static Set<Integer> characters(ExampleSet set, int[] windows) {
    Set<Integer> seen = new HashSet<>();
    Batch batch = new Batch(windows.length, 3);
    new EvaluationBatches(set, windows, Normalization.NONE).next(batch);
    for (float value : values(batch)) {
      seen.add((int) value);
    }
    Arrays.stream(batch.labels()).forEach(seen::add);
    return seen;
  }

  @Test
  void aLimitTakesASampleOfBothParts() throws IOException {
    Path file = file("abcde".repeat(200));
    ExampleSet train = load(file, THREE, probe(file, THREE)).train();
    Splits all = train.split(0, new Split(7, 0.2));
    Splits some = train.split(100, new Split(7, 0.2));
    Splits more = train.split(200, new Split(7, 0.2));
    assertThat(some.training()).hasSize(80).isSorted();
    assertThat(some.validation()).hasSize(20).isSorted();
    assertThat(boxed(all.training())).containsAll(boxed(some.training()));
    assertThat(boxed(more.training())).containsAll(boxed(some.training()));
    assertThat(boxed(more.validation())).containsAll(boxed(some.validation()));
    assertThat(train.split(100, new Split(7, 0.2)).both()).isEqualTo(some.both());
    assertThat(train.split(100, new Split(8, 0.2)).both()).isNotEqualTo(some.both());
  }

  private static Set<Integer> boxed(int[] numbers) {
    return new HashSet<>(IntStream.of(numbers).boxed().toList());
  }

  @Test
  void aLongTestPartIsLookedAtHereAndThere() throws IOException {
    Path file = file("abcd".repeat(125_000)); // 50,000 to test on
    ExampleSet test = load(file, THREE, probe(file, THREE)).test();
    assertThat(test.size()).isBetween(16_000, 20_000);
  }

  @Test
  void readsTheTextOfTheExample() {
    Path file = Path.of("../examples/data/opticks.txt.gz");
    Task task = probe(file, new Examples.Windows(24));
    assertThat(task.classes()).isBetween(60, 100);
    assertThat(load(file, new Examples.Windows(24), task).train().size()).isGreaterThan(100_000);
    assertThat(new Datasets(directory).check("text", file.toString()))
        .singleElement()
        .satisfies(report -> assertThat(report.good()).isTrue());
  }

  @Test
  void refusesWhatAWorkerCannotHold() throws IOException {
    Path file = directory.resolve("long.txt.gz");
    Files.write(file, TinySet.gzip("\u00e4b".repeat(16_000_000).getBytes(StandardCharsets.UTF_8)));
    assertThat(probe(file, THREE).classes()).isEqualTo(3);
    Files.write(
        file, TinySet.gzip(("\u00e4b".repeat(16_000_000) + "!").getBytes(StandardCharsets.UTF_8)));
    assertThatThrownBy(() -> probe(file, THREE))
        .isInstanceOf(DatasetException.class)
        .hasMessageMatching(
            "data set text: .*long.txt.gz has 32.000.001 characters: at most 32.000.000 .*");
  }

  @Test
  void saysWhatIsWrong() throws IOException {
    assertThatThrownBy(() -> probe(file("abc".repeat(9)), THREE))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("has 27 characters; windows of 3 need at least 40");
    assertThatThrownBy(() -> probe(file("a".repeat(100)), THREE))
        .hasMessageContaining("has 1 different characters");
    assertThatThrownBy(() -> probe(directory.resolve("none.txt"), THREE))
        .hasMessageContaining("there is no file");
    Path latin = directory.resolve("latin.txt");
    Files.write(latin, "\u00e4b".repeat(50).getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> probe(latin, THREE)).hasMessageContaining("is not text in UTF-8");
    Path file = file("abcd".repeat(20));
    assertThatThrownBy(() -> probe(file, new Examples.Rows("", "")))
        .hasMessage("data set text does not hold rows");
    assertThatThrownBy(() -> load(file, THREE, new Task(new Shape(1, 3, 1), 9)))
        .hasMessageContaining("the search expects");
    ExampleSet train = load(file, THREE, probe(file, THREE)).train();
    assertThatThrownBy(() -> train.split(0, new Split(1, 0.04)))
        .hasMessageContaining("leaves no window of 3 to validate on");
    assertThatThrownBy(() -> train.writer(Normalization.NONE, new Augmentation(0, true)))
        .hasMessageContaining("cannot be cropped or mirrored");
    assertThat(new Datasets(directory).check("text", latin.toString()))
        .singleElement()
        .satisfies(report -> assertThat(report.good()).isFalse());
  }

  private static float[] values(Batch batch) {
    float[] values = new float[batch.size() * batch.elements()];
    batch.images().get(0, values);
    return values;
  }

  private Task probe(Path file, Examples examples) {
    return new Datasets(directory).probe("text", file.toString(), examples);
  }

  private Dataset load(Path file, Examples examples, Task task) {
    return new Datasets(directory).load(new DatasetRef("text", file.toString(), examples, task, 0));
  }

  private Path file(String text) throws IOException {
    return Files.writeString(directory.resolve("text.txt"), text);
  }
}
