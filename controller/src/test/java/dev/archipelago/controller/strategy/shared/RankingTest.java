package dev.archipelago.controller.strategy.shared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.archipelago.controller.strategy.EdgeSpace;
import dev.archipelago.protocol.space.Architecture;
import dev.archipelago.protocol.trial.Score;
import java.util.List;
import org.junit.jupiter.api.Test;

class RankingTest {
  private static final EdgeSpace SPACE = new EdgeSpace();

  private static Ranked ranked(int operation, double accuracy, double lossNats) {
    Architecture architecture =
        new Architecture(SPACE.kind(), List.of(operation, 0, 0, 0, 0, operation));
    return new Ranked(architecture, new Score(accuracy, lossNats, 100));
  }

  @Test
  void whatIsNoNumberComesLast() {
    Ranked best = ranked(1, 0.9, 0.2);
    Ranked lossless = ranked(2, 0.9, Double.NaN);
    Ranked worst = ranked(3, 0, 5);
    Ranked broken = ranked(4, Double.NaN, 0.1);
    List<Ranked> scored = List.of(broken, lossless, worst, best);
    assertThat(Ranking.of(SPACE, scored)).containsExactly(best, lossless, worst, broken);
    assertThat(Ranking.best(scored)).contains(best);
    assertThat(Ranking.best(List.of(broken))).contains(broken);
  }

  @Test
  void ofEqualsTheFirstIsTheBestAndOneNetworkComesOnce() {
    Ranked first = ranked(1, 0.9, 0.2);
    List<Ranked> scored = List.of(first, ranked(2, 0.9, 0.2), ranked(1, 0.5, 0.2));
    assertThat(Ranking.best(scored)).contains(first);
    assertThat(Ranking.of(SPACE, scored)).containsExactlyElementsOf(scored.subList(0, 2));
  }
}
