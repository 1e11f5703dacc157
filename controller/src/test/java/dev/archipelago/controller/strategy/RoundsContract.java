package dev.archipelago.controller.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.archipelago.controller.strategy.SharedSearches.Entry;
import dev.archipelago.controller.strategy.SharedSearches.Search;
import dev.archipelago.controller.strategy.SharedSearches.World;
import dev.archipelago.protocol.trial.Round;
import dev.archipelago.protocol.trial.Round.Weights;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * What every strategy keeps to whose proposals are rounds on shared weights; its test inherits
 * this.
 */
public abstract class RoundsContract {
  protected static final long SEED = 20_240_517;
  protected static final EdgeSpace SPACE = new EdgeSpace();

  /** The kind under test, for {@link #trials} proposals, learning fast. */
  protected abstract StrategyKind kind();

  protected abstract int trials();

  /** Of a path, once its weights are trained; in [0, 1]. */
  protected abstract double accuracy(List<Integer> path);

  /** Digest of all proposals and of the state after them, as some JVM once printed it. */
  protected abstract String goldenDigest();

  protected final StrategyContext context() {
    return new StrategyContext(SPACE, trials(), SEED);
  }

  protected final World world() {
    return World.of(SPACE, this::accuracy);
  }

  protected final Search search(int atOnce) {
    return SharedSearches.run(kind(), context(), world(), atOnce);
  }

  @Test
  void orderOfArrivalDoesNotMatter() {
    Search one = search(1);
    for (int atOnce : new int[] {2, 3, 8, 100}) {
      Search other = search(atOnce);
      assertThat(other.asked()).isEqualTo(one.asked());
      assertThat(other.strategy().encode()).isEqualTo(one.strategy().encode());
    }
  }

  @Test
  void differentSeedsGiveDifferentProposals() {
    StrategyContext other = new StrategyContext(SPACE, trials(), SEED + 1);
    assertThat(SharedSearches.run(kind(), other, world(), 1).asked())
        .isNotEqualTo(search(1).asked());
  }

  /** Replayed from the journal, and decoded from a snapshot at every point of it. */
  @Test
  void replayAndSnapshotsEqualWhatWasLive() {
    replays(search(3));
    replays(SharedSearches.run(kind(), context(), world().failing(n -> n % 7 == 5), 3));
  }

  private void replays(Search live) {
    Strategy replayed = kind().start(context());
    for (Entry entry : live.journal()) {
      byte[] before = replayed.encode();
      Strategy decoded = kind().decode(context(), before);
      assertThat(decoded.encode()).isEqualTo(before);
      if (entry instanceof Entry.Asked asked) {
        assertThat(SharedSearches.ask(decoded, asked.proposal(), SEED)).isEqualTo(asked.answer());
        assertThat(SharedSearches.ask(replayed, asked.proposal(), SEED)).isEqualTo(asked.answer());
        assertThat(replayed.encode()).isEqualTo(before);
        replayed = replayed.proposed(asked.proposal(), SharedSearches.shown(asked.answer()));
      } else if (entry instanceof Entry.Heard heard) {
        Strategy next = replayed.tell(heard.told());
        assertThat(decoded.tell(heard.told()).encode()).isEqualTo(next.encode());
        assertThat(replayed.encode()).isEqualTo(before);
        replayed = next;
      }
    }
    assertThat(replayed.encode()).isEqualTo(live.strategy().encode());
    assertThat(replayed.finalists()).isEqualTo(live.strategy().finalists());
    assertThat(replayed.remarks()).isEqualTo(live.strategy().remarks());
  }

  @Test
  void refusesBytesThatAreNoState() {
    byte[] state = search(1).strategy().encode();
    for (int length : new int[] {state.length + 1, state.length - 1, 1}) {
      assertThatThrownBy(() -> kind().decode(context(), Arrays.copyOf(state, length)))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void settingsReadBackGiveTheSameKind() {
    StrategyKind kind = kind();
    FixedSettings written = new FixedSettings(kind.settings());
    assertThat(Strategies.of(kind.kind(), trials(), written)).isEqualTo(kind);
  }

  @Test
  void isTheSameInEveryJvm() throws Exception {
    Search search = search(1);
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (Ask ask : search.asked()) {
      digest.update(ask.toString().getBytes(StandardCharsets.UTF_8));
    }
    digest.update(search.strategy().encode());
    assertThat(HexFormat.of().formatHex(digest.digest(), 0, 16)).isEqualTo(goldenDigest());
    assertThat(search.strategy().finalists().orElseThrow()).isNotEmpty();
  }

  /**
   * {@link FakeRounds} refuses weights that were released. Nobody releases them twice, unless the
   * round failed that was to do it: then its worker has removed nothing, and another round does.
   */
  @Test
  void releasesEveryBlobThatIsNotNeeded() {
    Set<String> releasedAgain = new HashSet<>();
    for (int failing = 2; failing < 20; failing++) {
      int number = failing;
      Search search = SharedSearches.run(kind(), context(), world().failing(n -> n == number), 2);
      Set<String> gone = new HashSet<>();
      Set<String> carried = new HashSet<>();
      for (int proposal = 0; proposal < search.asked().size(); proposal++) {
        if (search.asked().get(proposal) instanceof Ask.Share share) {
          Round round = share.round();
          if (round.weights() instanceof Weights.Stored stored) {
            assertThat(gone).doesNotContainAnyElementsOf(stored.blobs());
          }
          if (proposal == failing) {
            carried.addAll(round.released());
          } else {
            round.released().forEach(blob -> assertThat(gone.add(blob)).isTrue());
          }
        }
      }
      assertThat(gone).containsAll(carried);
      releasedAgain.addAll(carried);
    }
    assertThat(releasedAgain).isNotEmpty();
  }
}
