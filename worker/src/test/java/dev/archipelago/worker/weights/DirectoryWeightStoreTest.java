package dev.archipelago.worker.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.archipelago.protocol.trial.SearchId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryWeightStoreTest implements WeightStoreContract {
  @TempDir private Path directory;

  @Override
  public WeightStore store() {
    return store("one");
  }

  @Override
  public WeightStore otherSearch() {
    return store("other");
  }

  private WeightStore store(String search) {
    return new WeightStores.Directory(directory.resolve("weights"))
        .of(new SearchId(search), () -> false);
  }

  @Override
  public Path blobs() {
    return directory.resolve("weights/one");
  }

  private Path blob() {
    return blobs().resolve("ba").resolve(DIGEST + ".safetensors");
  }

  @Test
  void writesNoBlobTwice() throws IOException {
    store().put(WeightStoreContract.abc());
    FileTime before = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));
    Files.setLastModifiedTime(blob(), before);
    assertThat(store().put(WeightStoreContract.abc())).isEqualTo(DIGEST);
    assertThat(Files.getLastModifiedTime(blob())).isEqualTo(before);
  }

  @Test
  void deletesWhatAKilledWriterLeftDaysAgo() throws IOException {
    Path bucket = Files.createDirectories(blob().resolveSibling("."));
    Path left = Files.writeString(bucket.resolve(".left.tmp"), "half a blob");
    Files.setLastModifiedTime(left, FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
    Path another = Files.writeString(bucket.resolve(".another.tmp"), "being written");
    store().put(WeightStoreContract.abc());
    assertThat(left).doesNotExist();
    assertThat(another).exists();
    assertThat(store().get(DIGEST)).contains(WeightStoreContract.abc());
  }

  @Test
  void saysWhenItCannotKeepABlob() throws IOException {
    Files.writeString(directory.resolve("weights"), "a file where the directory should be");
    assertThatThrownBy(() -> store().put(WeightStoreContract.abc()))
        .isInstanceOf(IOException.class);
    assertThat(store().get(DIGEST)).isEmpty();
  }
}
