package dev.archipelago.controller.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.archipelago.controller.strategy.SharedSearches.Entry;
import dev.archipelago.controller.strategy.SharedSearches.Search;
import dev.archipelago.controller.strategy.SharedSearches.World;
import dev.archipelago.protocol.space.Architecture;
import dev.archipelago.protocol.space.Cell;
import dev.archipelago.protocol.space.CellSpace;
import dev.archipelago.protocol.space.ChainSpace;
import dev.archipelago.protocol.space.NasBench201Space;
import dev.archipelago.protocol.space.Operation;
import dev.archipelago.protocol.space.Row;
import dev.archipelago.protocol.space.SearchSpace;
import dev.archipelago.protocol.space.SequenceSpace;
import dev.archipelago.protocol.space.SharedSpace;
import dev.archipelago.protocol.trial.Round.Work;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every strategy keeps to whose networks share weights path by path; its test inherits this.
 */
public abstract class SharedContract {
  protected static final long SEED = 20_240_517;
  protected static final SharedSpace SPACE = new EdgeSpace();

  /** The kind under test, for {@link #trials} proposals, learning fast. */
  protected abstract StrategyKind kind();

  protected abstract int trials();

  /** Digest of all proposals and of the state after them, as some JVM once printed it. */
  protected abstract String goldenDigest();

  protected StrategyContext context() {
    return new StrategyContext(SPACE, trials(), SEED);
  }

  /** The share of edges with operation 3. */
  protected static double quality(List<Integer> path) {
    return path.stream().filter(option -> option == 3).count() / (double) path.size();
  }

  private Search search(int atOnce) {
    return SharedSearches.run(kind(), context(), World.of(SPACE, SharedContract::quality), atOnce);
  }

  @Test
  void makesAsManyProposalsAsTheBudgetHas() {
    assertThat(search(1).asked()).hasSize(trials());
    assertThat(kind().sharesWeights()).isTrue();
  }

  static Stream<SharedSpace> spaces() {
    return Stream.of(
        SPACE,
        new NasBench201Space(8, 1),
        new CellSpace(
            2, List.of(Operation.SKIP_CONNECT, Operation.CONV_1X1, Operation.CONV_3X3), 2, 1, 8),
        new ChainSpace(4, List.of(1, 3), List.of(1), List.of(8), true));
  }

  @ParameterizedTest
  @MethodSource("spaces")
  void everyPathIsOfTheSpace(SharedSpace space) {
    List<Row> rows = space.rows();
    StrategyContext context = new StrategyContext(space, trials(), SEED);
    Search search =
        SharedSearches.run(kind(), context, World.of(space, SharedContract::quality), 4);
    for (Ask ask : search.asked()) {
      space.check(SharedSearches.shown(ask));
      for (List<Integer> path : paths(ask)) {
        assertThat(path).hasSameSizeAs(rows);
        for (int row = 0; row < path.size(); row++) {
          assertThat(path.get(row)).isBetween(0, rows.get(row).options().size() - 1);
        }
      }
    }
    assertThat(kind().obstacle(space)).isEmpty();
    assertThat(search.strategy().finalists().orElseThrow()).allSatisfy(space::check);
  }

  private static List<List<Integer>> paths(Ask ask) {
    if (ask instanceof Ask.Share share) {
      if (share.round().work() instanceof Work.TrainPaths train) {
        assertThat(train.paths()).isNotEmpty();
        return train.paths();
      } else if (share.round().work() instanceof Work.ScorePaths score) {
        assertThat(score.paths()).isNotEmpty();
        return score.paths();
      }
    }
    return List.of();
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
    World world = World.of(SPACE, SharedContract::quality);
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
    byte[] longer = Arrays.copyOf(state, state.length + 1);
    byte[] shorter = Arrays.copyOf(state, state.length - 1);
    assertThatThrownBy(() -> kind().decode(context(), longer))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> kind().decode(context(), shorter))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void goesOnAfterFailures() {
    World world = World.of(SPACE, SharedContract::quality);
    for (int every = 2; every < 6; every++) {
      int period = every;
      World failing = world.failing(n -> n > 1 && n % period == 0);
      Search search = SharedSearches.run(kind(), context(), failing, 3);
      assertThat(search.asked()).hasSize(trials());
      byte[] state = search.strategy().encode();
      assertThat(kind().decode(context(), state).encode()).isEqualTo(state);
    }
  }

  @Test
  void endsWhereNothingWasEverTrained() {
    World world = World.of(SPACE, SharedContract::quality).failing(n -> true);
    Search search = SharedSearches.run(kind(), context(), world, 3);
    assertThat(search.reason()).contains("training failed");
    assertThat(search.strategy().finalists()).contains(List.of());
  }

  @Test
  void endsWithDifferentNetworksThatItScored() {
    Search search = search(2);
    List<Architecture> finalists = search.strategy().finalists().orElseThrow();
    assertThat(finalists).hasSizeGreaterThan(3);
    assertThat(finalists.stream().map(SPACE::fingerprint)).doesNotHaveDuplicates();
    assertThat(finalists.stream().map(found -> -quality(SPACE.path(found)))).isSorted();
    assertThat(search.strategy().remarks()).isNotEmpty().noneMatch(String::isBlank);
  }

  /** {@link FakeRounds} refuses a round on weights that were released. */
  @Test
  void keepsFewBlobs() {
    int most = 2 * trials();
    assertThat(search(1).rounds().blobs()).isLessThanOrEqualTo(most / 4);
  }

  @Test
  void saysWhichSpacesItCannotSearch() {
    SearchSpace sequence =
        new SequenceSpace(List.of(4), List.of(Cell.GRU), 1, List.of(8), List.of(0));
    assertThat(kind().obstacle(sequence)).isPresent();
    SearchSpace chain = new ChainSpace(4, List.of(3), List.of(1), List.of(8, 16), true);
    assertThat(kind().obstacle(chain))
        .hasValueSatisfying(why -> assertThat(why).startsWith("filters"));
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
    assertThat(search.strategy().finalists()).isNotEqualTo(Optional.empty());
  }
}
