package dev.archipelago.worker.weights;

import static org.assertj.core.api.Assertions.assertThat;

import dev.archipelago.protocol.random.SplitMix64;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What every place for weights promises. */
public interface WeightStoreContract {
  /** Of "abc": FIPS 180-2, appendix B.1. */
  String DIGEST = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  static byte[] abc() {
    return "abc".getBytes(StandardCharsets.UTF_8);
  }

  /** Another store at the same place, for the same search: as another worker has it. */
  WeightStore store();

  /** Another search's at the same place. */
  WeightStore otherSearch();

  /** The directory in which the search's blobs end up. */
  Path blobs();

  private Path file() {
    return blobs().resolve("ba").resolve(DIGEST + ".safetensors");
  }

  @Test
  default void namesABlobByItsDigest() throws IOException {
    assertThat(store().put(abc())).isEqualTo(DIGEST);
    assertThat(store().get(DIGEST)).contains(abc());
    assertThat(file()).hasBinaryContent(abc());
  }

  @Test
  default void aBlobMayBePutAgainAndLeavesNothingElseBehind() throws IOException {
    store().put(abc());
    assertThat(store().put(abc())).isEqualTo(DIGEST);
    try (Stream<Path> files = Files.list(file().resolveSibling("."))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactly(DIGEST + ".safetensors");
    }
  }

  @Test
  default void forgetsWhatIsRemovedAndNothingElse() throws IOException {
    store().put(abc());
    String other = store().put(new byte[] {1});

    store().remove(DIGEST);
    store().remove(DIGEST);
    store().remove("../" + other);

    assertThat(store().get(DIGEST)).isEmpty();
    assertThat(store().get(other)).contains(new byte[] {1});
  }

  @Test
  default void twoSearchesShareNothing() throws IOException {
    store().put(abc());
    assertThat(otherSearch().get(DIGEST)).isEmpty();
    otherSearch().put(abc());
    store().remove(DIGEST);
    assertThat(otherSearch().get(DIGEST)).contains(abc());
  }

  @Test
  default void hasNotWhatNobodyPut() {
    for (String name :
        List.of("0".repeat(64), "", "../../etc/passwd", DIGEST.substring(1), DIGEST + "0", "ä ?")) {
      assertThat(store().get(name)).as(name).isEmpty();
    }
  }

  @Test
  default void doesNotGiveOutBrokenBlobsAndMendsThemWithTheNextPut() throws IOException {
    store().put(abc());
    Files.writeString(file(), "abd");
    assertThat(store().get(DIGEST)).isEmpty();
    Files.writeString(file(), "");
    assertThat(store().get(DIGEST)).isEmpty();
    store().put(abc());
    assertThat(store().get(DIGEST)).contains(abc());
  }

  @Test
  default void keepsFiftyMegabytes() throws IOException {
    byte[] large = bytes(50_000_000, 1);
    String digest = store().put(large);
    assertThat(store().get(digest)).contains(large);
  }

  /** Each sees its own blob whole, and the one that both put. */
  @Test
  default void twoWritersDoNotDisturbEachOther() throws Exception {
    byte[] common = bytes(3_000_000, 2);
    CyclicBarrier together = new CyclicBarrier(2);
    ExecutorService writers = Executors.newFixedThreadPool(2);
    try {
      List<Callable<Void>> tasks = new ArrayList<>();
      for (int writer = 0; writer < 2; writer++) {
        byte[] own = bytes(1_000_000, 3 + writer);
        tasks.add(
            () -> {
              for (int i = 0; i < 5; i++) {
                together.await();
                String digest = store().put(common);
                assertThat(store().get(digest)).contains(common);
                assertThat(store().get(store().put(own))).contains(own);
              }
              return null;
            });
      }
      for (Future<Void> done : writers.invokeAll(tasks)) {
        done.get();
      }
    } catch (ExecutionException e) {
      throw new AssertionError(e.getCause());
    } finally {
      writers.shutdownNow();
    }
  }

  private static byte[] bytes(int size, long seed) {
    SplitMix64 random = new SplitMix64(seed);
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = (byte) random.nextLong();
    }
    return bytes;
  }
}
