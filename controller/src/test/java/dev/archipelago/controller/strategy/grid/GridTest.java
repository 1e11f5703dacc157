package dev.archipelago.controller.strategy.grid;

import static org.assertj.core.api.Assertions.assertThat;

import dev.archipelago.controller.strategy.Ask;
import dev.archipelago.controller.strategy.EdgeSpace;
import dev.archipelago.controller.strategy.Searches;
import dev.archipelago.controller.strategy.Strategy;
import dev.archipelago.controller.strategy.StrategyContext;
import dev.archipelago.controller.strategy.StrategyContract;
import dev.archipelago.controller.strategy.StrategyKind;
import dev.archipelago.protocol.random.SplitMix64;
import dev.archipelago.protocol.space.Architecture;
import dev.archipelago.protocol.space.ChainSpace;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class GridTest extends StrategyContract {
  private static final ChainSpace SMALL =
      new ChainSpace(2, List.of(3, 5), List.of(1), List.of(8, 16, 24), false);

  @Override
  protected StrategyKind kind() {
    return new Grid(Grid.Sweep.SHUFFLED);
  }

  @Override
  protected String goldenDigest() {
    return "0a0ed34345cf3d1eb1473ded6633b305";
  }

  @Test
  void comesToEveryArchitectureOnce() {
    for (Grid.Sweep sweep : Grid.Sweep.values()) {
      List<Architecture> all = Searches.run(new Grid(sweep), SMALL, 1_000, 4, 7, a -> 0);
      assertThat(all).hasSize(144);
      assertThat(new HashSet<>(all)).hasSize(144);
    }
  }

  @Test
  void countsInOrder() {
    List<Architecture> all =
        Searches.run(new Grid(Grid.Sweep.SEQUENTIAL), new EdgeSpace(), 6, 1, 7, a -> 0);
    assertThat(all.stream().map(Architecture::values))
        .startsWith(List.of(0, 0, 0, 0, 0, 0), List.of(0, 0, 0, 0, 0, 1))
        .endsWith(List.of(0, 0, 0, 0, 1, 0));
  }

  @Test
  void saysWhyItEnds() {
    Strategy grid = new Grid(Grid.Sweep.SEQUENTIAL).start(new StrategyContext(SMALL, 1_000, 1));
    assertThat(grid.ask(144, new SplitMix64(1)))
        .isEqualTo(new Ask.Exhausted("all 144 architectures of the space were proposed"));
  }
}
