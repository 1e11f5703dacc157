package dev.archipelago.worker.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.archipelago.protocol.space.Shape;
import dev.archipelago.protocol.space.Task;
import dev.archipelago.protocol.trial.DatasetRef;
import dev.archipelago.protocol.trial.Examples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublishedSetTest {
  @TempDir private Path directory;
  private Datasets datasets;

  @BeforeEach
  void writesAWholeSet() throws IOException {
    TinySet.write(directory);
    datasets = new Datasets(directory.resolve("home"), List.of(TinySet.SET));
  }

  @Test
  void findsPlainFiles() {
    assertThat(probe()).isEqualTo(TinySet.TASK);
    Dataset dataset = load();
    assertThat(dataset.task()).isEqualTo(TinySet.TASK);
    assertThat(dataset.train().size()).isEqualTo(6);
    assertThat(dataset.test().size()).isEqualTo(4);
    assertThat(dataset.test().label(0)).isEqualTo(2);
  }

  @Test
  void findsGzippedFilesWhoeverCompressedThem() throws IOException {
    for (String name : TinySet.FILES.keySet()) {
      Files.delete(directory.resolve(name));
      Files.write(directory.resolve(name + ".gz"), TinySet.gzip(TinySet.FILES.get(name)));
    }
    assertThat(probe()).isEqualTo(TinySet.TASK);
    assertThat(load().train().size()).isEqualTo(6);
  }

  @Test
  void looksInTheDataDirectoryWithoutAPath() throws IOException {
    Path home = directory.resolve("home").resolve("tiny");
    assertThatThrownBy(() -> datasets.probe("tiny", "", new Examples.Images(0)))
        .hasMessageContaining(home.resolve("tiny-train-images") + "[.gz] is missing");
    Files.createDirectories(home);
    TinySet.write(home);
    assertThat(datasets.probe("tiny", "", new Examples.Images(0))).isEqualTo(TinySet.TASK);
  }

  @Test
  void namesAMissingFileAndTheRemedy() throws IOException {
    Files.delete(directory.resolve("tiny-train-labels"));
    assertThatThrownBy(this::probe)
        .isInstanceOf(DatasetException.class)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("tiny-train-labels[.gz] is missing")
        .hasMessageContaining("archipelago data fetch tiny")
        .hasMessageContaining("http://nowhere.invalid/")
        .hasMessageContaining(directory.toString());
    assertThatThrownBy(this::load).hasMessageContaining("tiny-train-labels[.gz] is missing");
  }

  @Test
  void namesACorruptedFileAndBothChecksums() throws IOException {
    byte[] bytes = TinySet.FILES.get("tiny-train-images").clone();
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] ^= 1;
      Files.write(directory.resolve("tiny-train-images"), bytes);
      String expected = TinySet.published("tiny-train-images").checksum().toString();
      String found = TinySet.published("", bytes).checksum().hex();
      assertThatThrownBy(this::probe)
          .hasMessageContaining("tiny-train-images is corrupted")
          .hasMessageContaining("expected " + expected + ", found " + found);
      assertThatThrownBy(this::load).hasMessageContaining(found);
      bytes[i] ^= 1;
    }
  }

  @Test
  void refusesFilesOfAnotherSize() throws IOException {
    byte[] bytes = TinySet.FILES.get("tiny-train-images");
    Path file = directory.resolve("tiny-train-images");
    Files.write(file, Arrays.copyOf(bytes, 20));
    assertThatThrownBy(this::load).hasMessageContaining("cut short: expected 52 bytes, found 20");
    Files.write(file, Arrays.copyOf(bytes, 60));
    assertThatThrownBy(this::load).hasMessageContaining("corrupted: expected 52 bytes, found more");
  }

  @Test
  void refusesABrokenGzipStream() throws IOException {
    Files.delete(directory.resolve("tiny-train-images"));
    Path file = directory.resolve("tiny-train-images.gz");
    byte[] bytes = TinySet.gzip(TinySet.FILES.get("tiny-train-images"));
    for (int length = 0; length < bytes.length; length++) {
      Files.write(file, Arrays.copyOf(bytes, length));
      assertThatThrownBy(this::load)
          .isInstanceOf(DatasetException.class)
          .hasMessageContaining("tiny-train-images.gz is cut short");
    }
    Files.writeString(file, "<html>no such file</html>");
    assertThatThrownBy(this::load).hasMessageContaining("corrupted: no whole gzip file");
  }

  @Test
  void doesNotTouchTestFilesBeforeTheyAreAskedFor() throws IOException {
    Files.writeString(directory.resolve("tiny-test-images"), "spoilt");
    Files.delete(directory.resolve("tiny-test-labels"));
    Dataset dataset = load();
    assertThat(dataset.train().size()).isEqualTo(6);
    assertThatThrownBy(dataset::test).hasMessageContaining("tiny-test-labels[.gz] is missing");
    TinySet.write(directory);
    assertThat(dataset.test().size()).isEqualTo(4);
  }

  @Test
  void keepsWhatItReadInMemory() throws IOException {
    Dataset first = load();
    ImageSet test = (ImageSet) first.test();
    for (String name : TinySet.FILES.keySet()) {
      Files.delete(directory.resolve(name));
    }
    assertThat(load()).isSameAs(first);
    assertThat(load().test()).isSameAs(test);
  }

  @Test
  void refusesATaskThatIsNotTheSets() {
    Task other = new Task(new Shape(1, 2, 3), 4);
    DatasetRef reference = new DatasetRef("tiny", directory.toString(), other, 0);
    assertThatThrownBy(() -> datasets.load(reference))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("1x2x3 images of 3 classes, the search expects 1x2x3 and 4");
  }

  @Test
  void doesNotScalePublishedImages() {
    assertThat(datasets.probe("tiny", directory.toString(), new Examples.Images(2)))
        .isEqualTo(TinySet.TASK);
    assertThatThrownBy(() -> datasets.probe("tiny", directory.toString(), new Examples.Images(64)))
        .hasMessageContaining("only a folder's images are scaled");
  }

  @Test
  void checkReportsEveryFile() throws IOException {
    Files.delete(directory.resolve("tiny-train-labels"));
    Files.writeString(directory.resolve("tiny-test-images"), "spoilt");
    List<FileReport> reports = datasets.check("tiny", directory.toString());
    assertThat(reports).extracting(FileReport::good).containsExactly(true, false, false, true);
    assertThat(reports.get(0).finding()).isEqualTo("52 bytes, MD5 agrees");
    assertThat(reports.get(1).finding()).contains("missing", "data fetch tiny");
    assertThat(reports.get(2).finding()).contains("cut short");
  }

  @Test
  void namesTheKnownSetsWhenOneIsUnknown() {
    assertThatThrownBy(() -> new Datasets(directory).probe("fashion", "", new Examples.Images(0)))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("unknown data set \"fashion\"")
        .hasMessageContaining(
            "fashion-mnist-mini, fashion-mnist, mnist, cifar-10, cifar-100, folder");
  }

  private Task probe() {
    return datasets.probe("tiny", directory.toString(), new Examples.Images(0));
  }

  private Dataset load() {
    return datasets.load(new DatasetRef("tiny", directory.toString(), TinySet.TASK, 0));
  }
}
