package dev.archipelago.controller.strategy;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every strategy keeps to whose networks share weights path by path; its test inherits this.
 */
public abstract class SharedContract extends RoundsContract {

  /** The share of edges with operation 3. */
  protected static double quality(List<Integer> path) {
    return path.stream().filter(option -> option == 3).count() / (double) path.size();
  }

  @Override
  protected final double accuracy(List<Integer> path) {
    return quality(path);
  }

  @Test
  void makesAsManyProposalsAsTheBudgetHas() {
    assertThat(search(1).asked()).hasSize(trials());
    assertThat(kind().sharing()).isPresent();
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
  void goesOnAfterFailures() {
    World world = world();
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
    World world = world().failing(n -> true);
    Search search = SharedSearches.run(kind(), context(), world, 3);
    assertThat(search.reason()).contains("training failed");
    assertThat(search.strategy().finalists()).contains(List.of());
  }

  /** Its weights are gone, for instance: no other networks would help. */
  @Test
  void doesNotGoOnForEver() {
    Search search = SharedSearches.run(kind(), context(), world().failing(n -> n >= 15), 3);
    assertThat(search.reason()).isEqualTo("all proposals of 2 phases in a row failed");
    assertThat(search.asked()).hasSize(21); // phases of three proposals
    assertThat(search.strategy().finalists().orElseThrow()).isNotEmpty();
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
}
