package dev.archipelago.controller.strategy.grid;

import dev.archipelago.controller.settings.Settings;
import dev.archipelago.controller.strategy.Strategy;
import dev.archipelago.controller.strategy.StrategyContext;
import dev.archipelago.controller.strategy.StrategyKind;
import dev.archipelago.controller.strategy.genotype.Genotypes;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Every combination of values once, then no more: exhaustive search of a small space, or random
 * search without repetition of a large one.
 *
 * <p><b>Checked by:</b> {@code GridTest}.
 */
public record Grid(Sweep sweep) implements StrategyKind {
  public static final String KIND = "grid";

  /** In which order the combinations come. */
  public enum Sweep {
    /** As they are counted, the last decision fastest. */
    SEQUENTIAL("sequential"),
    /** As a permutation that the seed picks; any first part of it is a sample of the space. */
    SHUFFLED("shuffled");

    private final String word;

    Sweep(String word) {
      this.word = word;
    }

    static Sweep of(String word) {
      return Arrays.stream(values()).filter(s -> s.word.equals(word)).findFirst().orElseThrow();
    }
  }

  /** Reads {@code strategy} of a spec. */
  public static Grid read(int trials, Settings settings) {
    List<String> words = Arrays.stream(Sweep.values()).map(sweep -> sweep.word).toList();
    return new Grid(Sweep.of(settings.choice("sweep", Sweep.SEQUENTIAL.word, words)));
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Map<String, Object> settings() {
    return Map.of("sweep", sweep.word);
  }

  @Override
  public int algorithmVersion() {
    return 1;
  }

  @Override
  public Strategy start(StrategyContext context) {
    Genotypes genotypes = Genotypes.of(context.space());
    return new Walk(genotypes, new Shuffle(genotypes.size(), context.seed()), sweep);
  }

  @Override
  public Strategy decode(StrategyContext context, byte[] state) {
    if (state.length != 0) {
      throw new IllegalArgumentException("a grid has no state, got " + state.length + " bytes");
    }
    return start(context);
  }
}
