package dev.archipelago.controller.strategy.darts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.archipelago.controller.strategy.Ask;
import dev.archipelago.controller.strategy.EdgeSpace;
import dev.archipelago.controller.strategy.FixedSettings;
import dev.archipelago.controller.strategy.SharedSearches;
import dev.archipelago.controller.strategy.SharedSearches.Entry;
import dev.archipelago.controller.strategy.SharedSearches.Search;
import dev.archipelago.controller.strategy.SharedSearches.World;
import dev.archipelago.controller.strategy.Strategies;
import dev.archipelago.controller.strategy.Strategy;
import dev.archipelago.controller.strategy.StrategyContext;
import dev.archipelago.protocol.space.Architecture;
import dev.archipelago.protocol.trial.Round;
import dev.archipelago.protocol.trial.Round.Weights;
import dev.archipelago.protocol.trial.Round.Work;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every variant of DARTS keeps to; its test inherits this. */
abstract class DartsContract {
  static final long SEED = 20_240_517;
  static final int TRIALS = 26;
  static final EdgeSpace SPACE = new EdgeSpace();

  /** Of the variant; together with 26 trials no proposal is left over. */
  abstract Map<String, Object> settings();

  /** Digest of all proposals and of the state after them, as some JVM once printed it. */
  abstract String goldenDigest();

  Darts kind() {
    return Darts.read(TRIALS, new FixedSettings(settings()));
  }

  static StrategyContext context() {
    return new StrategyContext(SPACE, TRIALS, SEED);
  }

  /** The share of edges with a 3x3 convolution. */
  static double quality(List<Integer> path) {
    List<Integer> edges = path.subList(0, Math.min(6, path.size()));
    return edges.stream().filter(option -> option == 3).count() / (double) edges.size();
  }

  Search search(int atOnce) {
    return SharedSearches.run(kind(), context(), World.of(SPACE, DartsContract::quality), atOnce);
  }

  static Round round(Ask ask) {
    return ((Ask.Share) ask).round();
  }

  @Test
  void spendsTheBudgetOnRoundsAndOneScoreForEachChain() {
    List<Ask> asked = search(1).asked();
    Darts kind = kind();
    assertThat(asked).hasSize(TRIALS);
    assertThat(asked)
        .filteredOn(ask -> round(ask).work() instanceof Work.ScorePaths)
        .hasSize(kind.chains());
    assertThat(asked)
        .filteredOn(ask -> round(ask).work() instanceof Work.Bilevel)
        .hasSize(kind.chains() * kind.parts() * kind.course().rounds());
    asked.forEach(ask -> SPACE.check(SharedSearches.shown(ask)));
  }

  @Test
  void findsWhatTheAlphasArePulledTo() {
    List<Architecture> finalists = search(2).strategy().finalists().orElseThrow();
    assertThat(finalists).isNotEmpty();
    assertThat(quality(finalists.get(0).values())).isEqualTo(1);
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
    StrategyContext other = new StrategyContext(SPACE, TRIALS, SEED + 1);
    World world = World.of(SPACE, DartsContract::quality);
    assertThat(SharedSearches.run(kind(), other, world, 1).asked()).isNotEqualTo(search(1).asked());
  }

  /** Replayed from the journal, and decoded from a snapshot at every point of it. */
  @Test
  void replayAndSnapshotsEqualWhatWasLive() {
    Search live = search(3);
    Strategy replayed = kind().start(context());
    for (Entry entry : live.journal()) {
      byte[] before = replayed.encode();
      Strategy decoded = kind().decode(context(), before);
      assertThat(decoded.encode()).isEqualTo(before);
      if (entry instanceof Entry.Asked asked) {
        assertThat(SharedSearches.ask(decoded, asked.proposal(), SEED)).isEqualTo(asked.answer());
        assertThat(SharedSearches.ask(replayed, asked.proposal(), SEED)).isEqualTo(asked.answer());
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

  /**
   * {@code FakeRounds} refuses weights that were released; here nobody even releases them twice.
   */
  @Test
  void releasesBlobsOnceAndKeepsFew() {
    for (int failing = 2; failing < 12; failing++) {
      int number = failing;
      World world = World.of(SPACE, DartsContract::quality).failing(n -> n == number);
      Search search = SharedSearches.run(kind(), context(), world, 2);
      Set<String> gone = new HashSet<>();
      for (Ask ask : search.asked()) {
        if (round(ask).weights() instanceof Weights.Stored stored) {
          assertThat(gone).doesNotContainAnyElementsOf(stored.blobs());
        }
        round(ask).released().forEach(blob -> assertThat(gone.add(blob)).isTrue());
      }
      assertThat(search.rounds().blobs()).isLessThanOrEqualTo(3 * kind().chains() * kind().parts());
    }
  }

  @Test
  void aFailedRoundEndsItsChainWithWhatItHas() {
    World world = World.of(SPACE, DartsContract::quality).failing(n -> n >= 10);
    Search search = SharedSearches.run(kind(), context(), world, 2);
    assertThat(search.reason()).isEqualTo("every chain has come to its end");
    assertThat(search.strategy().finalists().orElseThrow()).isNotEmpty();
    assertThat(search.strategy().remarks()).anyMatch(remark -> remark.contains("failed in round"));
    byte[] state = search.strategy().encode();
    assertThat(kind().decode(context(), state).encode()).isEqualTo(state);
  }

  @Test
  void endsWhereNothingWasEverTrained() {
    World world = World.of(SPACE, DartsContract::quality).failing(n -> true);
    Search search = SharedSearches.run(kind(), context(), world, 2);
    assertThat(search.reason()).isEqualTo("every chain failed before it had trained anything");
    assertThat(search.strategy().finalists()).contains(List.of());
  }

  @Test
  void settingsReadBackGiveTheSameKind() {
    FixedSettings written = new FixedSettings(kind().settings());
    assertThat(Strategies.of(Darts.KIND, TRIALS, written)).isEqualTo(kind());
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
  }
}
