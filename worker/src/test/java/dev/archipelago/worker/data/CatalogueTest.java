package dev.archipelago.worker.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.archipelago.protocol.space.Shape;
import dev.archipelago.protocol.space.Task;
import dev.archipelago.protocol.trial.DatasetRef;
import dev.archipelago.protocol.trial.Examples;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogueTest {
  private static final Task FASHION = new Task(new Shape(1, 28, 28), 10);

  @TempDir private Path home;

  @Test
  void theEmbeddedSetIsWhole() {
    Datasets datasets = new Datasets(home);
    assertThat(datasets.probe("fashion-mnist-mini", "", new Examples.Images(0))).isEqualTo(FASHION);
    assertThat(datasets.check("fashion-mnist-mini", "")).hasSize(4).allMatch(FileReport::good);
    Dataset dataset = datasets.load(new DatasetRef("fashion-mnist-mini", "", FASHION, 0));
    assertThat(dataset.train().size()).isEqualTo(10_000);
    assertThat(dataset.test().size()).isEqualTo(10_000);
    // Zalando's test split is balanced; the first 10,000 training images are nearly so.
    assertThat(histogram(dataset.test())).containsOnly(1000);
    assertThat(histogram(dataset.train()))
        .containsExactly(942, 1027, 1016, 1019, 974, 989, 1021, 1022, 990, 1000);
  }

  @Test
  void theEmbeddedSetStandsBesideItsLicence() throws IOException {
    URL licence = CatalogueTest.class.getResource("fashion-mnist-mini/LICENSE.txt");
    try (InputStream in = Objects.requireNonNull(licence).openStream()) {
      assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
          .contains("The MIT License", "Copyright (c) 2017 Zalando SE");
    }
  }

  @Test
  void theEmbeddedSetTakesNoPathAndCannotBeFetched() {
    Datasets datasets = new Datasets(home);
    assertThatThrownBy(
            () -> datasets.probe("fashion-mnist-mini", home.toString(), new Examples.Images(0)))
        .hasMessageContaining("is built in: leave its path out");
    assertThatThrownBy(() -> datasets.fetch("fashion-mnist-mini", "", (f, b, t) -> {}))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("nothing to fetch");
  }

  @Test
  void describesEverySetInALine() {
    assertThat(new Datasets(home).list())
        .extracting(Datasets.Description::name)
        .containsExactly(
            "fashion-mnist-mini",
            "fashion-mnist",
            "mnist",
            "cifar-10",
            "cifar-100",
            "folder",
            "csv",
            "text");
    assertThat(new Datasets(home).list())
        .allSatisfy(d -> assertThat(d.text()).isNotBlank().doesNotContain("\n"));
  }

  @Test
  void saysWhereCifarComesFrom() {
    assertThatThrownBy(() -> new Datasets(home).probe("cifar-10", "", new Examples.Images(0)))
        .hasMessageContaining(home.resolve("cifar-10/data_batch_1.bin") + "[.gz] is missing")
        .hasMessageContaining("archipelago data fetch cifar-10")
        .hasMessageContaining("https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz");
  }

  @Test
  void readsRealCifarUnderItsPublishedChecksum() throws IOException {
    Path path = real("images/cifar10-data_batch_1.bin.gz");
    PublishedFile batch = Catalogue.CIFAR_10.train().get(0);
    byte[] bytes = new StoredFile("batch 1", path.toUri(), true).read(batch);
    ImageSet set = read(new InMemory("batch 1", bytes));
    assertThat(set.size()).isEqualTo(10_000);
    assertThat(histogram(set))
        .containsExactly(1005, 974, 1032, 1016, 999, 937, 1030, 1001, 1025, 981);
    assertThat(set.label(0)).isEqualTo(6); // a frog
    Normalization normal = Normalization.of(set, new int[] {0});
    assertThat(normal.mean(0)).isBetween(0.2, 0.6);
  }

  @Test
  void readsRealCifarTestImages() throws IOException {
    Path path = real("images/cifar10-test_2k.bin.gz");
    byte[] bytes;
    try (InputStream in = new GZIPInputStream(Files.newInputStream(path))) {
      bytes = in.readAllBytes();
    }
    ImageSet set = read(new InMemory("test", bytes));
    assertThat(set.size()).isEqualTo(2_000);
    assertThat(List.of(set.label(0), set.label(1), set.label(2))).containsExactly(3, 8, 8);
  }

  private static ImageSet read(Content content) throws IOException {
    PublishedSet cifar = Catalogue.CIFAR_10;
    return cifar.format().read(cifar.task(), List.of(content));
  }

  /** A file of the shared test data; the test is skipped where there is none. */
  private static Path real(String file) {
    String directory = System.getenv("ARCHIPELAGO_TEST_DATA");
    if (directory != null) {
      Path path = Path.of(directory).resolve(file);
      assumeTrue(Files.exists(path), "skipped: no " + path);
      return path;
    }
    for (String up : List.of("../shared/data", "../../shared/data")) {
      Path path = Path.of(up).resolve(file).toAbsolutePath().normalize();
      if (Files.exists(path)) {
        return path;
      }
    }
    assumeTrue(false, "skipped: no ../shared/data/" + file + ", see ARCHIPELAGO_TEST_DATA");
    throw new AssertionError();
  }

  private static int[] histogram(ExampleSet set) {
    int[] counts = new int[set.task().classes()];
    for (int i = 0; i < set.size(); i++) {
      counts[set.label(i)]++;
    }
    return counts;
  }
}
