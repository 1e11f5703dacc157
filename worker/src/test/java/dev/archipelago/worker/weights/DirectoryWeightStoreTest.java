package dev.archipelago.worker.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryWeightStoreTest {
  private static final byte[] ABC = "abc".getBytes(StandardCharsets.UTF_8);

  /** FIPS 180-2, appendix B.1. */
  private static final String DIGEST =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  @TempDir private Path directory;
  private WeightStore store;

  @BeforeEach
  void open() {
    store = new DirectoryWeightStore(directory.resolve("weights"));
  }

  private Path blob() {
    return directory.resolve("weights/ba").resolve(DIGEST + ".safetensors");
  }

  @Test
  void namesABlobByItsDigest() throws IOException {
    assertThat(store.put(ABC)).isEqualTo(DIGEST);
    assertThat(store.get(DIGEST)).contains(ABC);
    assertThat(new DirectoryWeightStore(directory.resolve("weights")).get(DIGEST)).contains(ABC);
  }

  @Test
  void leavesNothingElseBehind() throws IOException {
    store.put(ABC);
    store.put(ABC);
    try (Stream<Path> files = Files.list(blob().resolveSibling("."))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactly(DIGEST + ".safetensors");
    }
  }

  @Test
  void writesNoBlobTwice() throws IOException {
    store.put(ABC);
    FileTime before = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));
    Files.setLastModifiedTime(blob(), before);
    assertThat(store.put(ABC)).isEqualTo(DIGEST);
    assertThat(Files.getLastModifiedTime(blob())).isEqualTo(before);
  }

  @Test
  void deletesWhatAKilledWriterLeftDaysAgo() throws IOException {
    Path bucket = Files.createDirectories(blob().resolveSibling("."));
    Path left = Files.writeString(bucket.resolve(".left.tmp"), "half a blob");
    Files.setLastModifiedTime(left, FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
    Path another = Files.writeString(bucket.resolve(".another.tmp"), "being written");
    store.put(ABC);
    assertThat(left).doesNotExist();
    assertThat(another).exists();
    assertThat(store.get(DIGEST)).contains(ABC);
  }

  @Test
  void forgetsWhatIsRemovedAndNothingElse() throws IOException {
    store.put(ABC);
    String other = store.put(new byte[] {1});

    store.remove(DIGEST);
    store.remove(DIGEST);
    store.remove("../" + other);

    assertThat(store.get(DIGEST)).isEmpty();
    assertThat(store.get(other)).contains(new byte[] {1});
  }

  @Test
  void hasNotWhatNobodyPut() {
    for (String name : List.of(DIGEST, "", "../../etc/passwd", DIGEST.substring(1))) {
      assertThat(store.get(name)).as(name).isEmpty();
    }
  }

  @Test
  void doesNotGiveOutBrokenBlobsAndMendsThemWithTheNextPut() throws IOException {
    store.put(ABC);
    Files.writeString(blob(), "abd");
    assertThat(store.get(DIGEST)).isEmpty();
    Files.writeString(blob(), "");
    assertThat(store.get(DIGEST)).isEmpty();
    store.put(ABC);
    assertThat(store.get(DIGEST)).contains(ABC);
  }

  @Test
  void saysWhenItCannotKeepABlob() throws IOException {
    Files.writeString(directory.resolve("weights"), "a file where the directory should be");
    assertThatThrownBy(() -> store.put(ABC)).isInstanceOf(IOException.class);
    assertThat(store.get(DIGEST)).isEmpty();
  }
}
