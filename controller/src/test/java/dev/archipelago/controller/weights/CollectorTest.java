package dev.archipelago.controller.weights;

import static org.assertj.core.api.Assertions.assertThat;

import dev.archipelago.controller.search.SearchRegistry;
import dev.archipelago.controller.search.SearchStatus;
import dev.archipelago.protocol.trial.SearchId;
import dev.archipelago.protocol.weights.BlobDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CollectorTest {
  private static final String DIGEST = "ba".repeat(32);

  @TempDir private Path directory;
  private final Known known = new Known();

  /** A table of searches in memory. */
  private static final class Known implements SearchRegistry {
    private final List<Entry> entries = new ArrayList<>();
    private boolean gone;

    @Override
    public void register(SearchId id, String summary) {
      entries.add(new Entry(id, SearchStatus.RUNNING, summary));
    }

    @Override
    public void update(Entry entry) {
      entries.removeIf(old -> old.id().equals(entry.id()));
      entries.add(entry);
    }

    @Override
    public void forget(SearchId id) {
      entries.removeIf(old -> old.id().equals(id));
    }

    @Override
    public List<Entry> all() {
      if (gone) {
        throw new IllegalStateException("the database is gone");
      }
      return List.copyOf(entries);
    }
  }

  private Path blob(String search) throws IOException {
    Path file = BlobDirectory.of(directory, new SearchId(search)).file(DIGEST);
    Files.createDirectories(file.resolveSibling("."));
    return Files.writeString(file, "weights");
  }

  private void is(String search, SearchStatus status) {
    known.update(new SearchRegistry.Entry(new SearchId(search), status, "{}"));
  }

  private void collect() {
    new Collector(directory, known).collect();
  }

  @Test
  void removesAllOfSearchesThatAreOverAndNothingElse() throws IOException {
    for (SearchStatus status : SearchStatus.values()) {
      String search = status.name().toLowerCase(Locale.ROOT);
      blob(search);
      is(search, status);
    }
    Path foreign = blob("of-another-controller");
    Path network = BlobDirectory.ofNetworks(directory, new SearchId("completed")).file(DIGEST);
    Files.createDirectories(network.resolveSibling("."));
    Files.writeString(network, "what the search was for");
    Path loose = Files.writeString(directory.resolve("notes.txt"), "a person's");

    collect();

    assertThat(directory.resolve("running"))
        .isDirectoryRecursivelyContaining("glob:**/" + DIGEST + "*");
    assertThat(directory.resolve("paused"))
        .isDirectoryRecursivelyContaining("glob:**/" + DIGEST + "*");
    assertThat(List.of("completed", "cancelled", "failed"))
        .allSatisfy(over -> assertThat(directory.resolve(over)).doesNotExist());
    assertThat(foreign).exists();
    assertThat(network).exists();
    assertThat(loose).exists();
    assertThat(Arrays.stream(SearchStatus.values()).filter(SearchStatus::isOver)).hasSize(3);
  }

  @Test
  void whatALostAttemptWritesLaterGoesWithTheNextRound() throws IOException {
    is("search", SearchStatus.COMPLETED);
    Path blob = blob("search");
    collect();
    assertThat(blob).doesNotExist();
    blob("search");
    Files.writeString(blob.resolveSibling(".half.tmp"), "half a blob");
    collect();
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void removesNothingWhileNobodyKnowsWhatIsOver() throws IOException {
    is("search", SearchStatus.COMPLETED);
    Path blob = blob("search");
    known.gone = true;
    collect();
    assertThat(blob).exists();
    known.gone = false;
    collect();
    assertThat(blob).doesNotExist();
  }

  @Test
  void doesNotLookBeyondALink() throws IOException {
    Path elsewhere = Files.createDirectories(directory.resolve("elsewhere"));
    Path file = Files.writeString(elsewhere.resolve("file"), "a person's");
    Files.createDirectories(directory.resolve("search"));
    Files.createSymbolicLink(directory.resolve("search/link"), elsewhere);
    is("search", SearchStatus.FAILED);
    collect();
    assertThat(directory.resolve("search")).doesNotExist();
    assertThat(file).exists();
  }

  @Test
  void hasNothingToDoWhereThereIsNoDirectory() {
    is("search", SearchStatus.COMPLETED);
    new Collector(directory.resolve("none"), known).collect();
    assertThat(directory).isEmptyDirectory();
  }
}
