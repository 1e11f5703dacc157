package dev.archipelago.controller.strategy.darts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.archipelago.controller.strategy.Ask;
import dev.archipelago.controller.strategy.FixedSettings;
import dev.archipelago.controller.strategy.RoundsContract;
import dev.archipelago.controller.strategy.SharedSearches;
import dev.archipelago.controller.strategy.SharedSearches.Search;
import dev.archipelago.controller.strategy.SharedSearches.World;
import dev.archipelago.protocol.space.Architecture;
import dev.archipelago.protocol.trial.Round;
import dev.archipelago.protocol.trial.Round.Work;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every variant of DARTS keeps to; its test inherits this. */
abstract class DartsContract extends RoundsContract {
  static final int TRIALS = 26;

  /** Of the variant; together with 26 trials no proposal is left over. */
  abstract Map<String, Object> settings();

  @Override
  protected final Darts kind() {
    return Darts.read(TRIALS, new FixedSettings(settings()));
  }

  @Override
  protected final int trials() {
    return TRIALS;
  }

  /** The share of edges with a 3x3 convolution. */
  @Override
  protected final double accuracy(List<Integer> path) {
    List<Integer> edges = path.subList(0, Math.min(6, path.size()));
    return edges.stream().filter(option -> option == 3).count() / (double) edges.size();
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
    assertThat(accuracy(finalists.get(0).values())).isEqualTo(1);
  }

  @Test
  void keepsFewBlobs() {
    for (int failing = 2; failing < 12; failing++) {
      int number = failing;
      Search search = SharedSearches.run(kind(), context(), world().failing(n -> n == number), 2);
      assertThat(search.rounds().blobs()).isLessThanOrEqualTo(3 * kind().chains() * kind().parts());
    }
  }

  @Test
  void aFailedRoundEndsItsChainWithWhatItHas() {
    World world = world().failing(n -> n >= 10);
    Search search = SharedSearches.run(kind(), context(), world, 2);
    assertThat(search.reason()).isEqualTo("every chain has come to its end");
    assertThat(search.strategy().finalists().orElseThrow()).isNotEmpty();
    assertThat(search.strategy().remarks()).anyMatch(remark -> remark.contains("failed in round"));
    byte[] state = search.strategy().encode();
    assertThat(kind().decode(context(), state).encode()).isEqualTo(state);
  }

  @Test
  void endsWhereNothingWasEverTrained() {
    World world = world().failing(n -> true);
    Search search = SharedSearches.run(kind(), context(), world, 2);
    assertThat(search.reason()).isEqualTo("every chain failed before it had trained anything");
    assertThat(search.strategy().finalists()).contains(List.of());
  }
}
