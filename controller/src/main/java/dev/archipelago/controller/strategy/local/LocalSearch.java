package dev.archipelago.controller.strategy.local;

import dev.archipelago.controller.settings.Settings;
import dev.archipelago.controller.strategy.Heredity;
import dev.archipelago.controller.strategy.Strategy;
import dev.archipelago.controller.strategy.StrategyContext;
import dev.archipelago.controller.strategy.StrategyKind;
import dev.archipelago.controller.strategy.genotype.Archive;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * White, Nolen and Savani 2021, "Exploring the loss landscape in neural architecture search",
 * arXiv:2005.02960v3, §3: from the best of some random architectures to a better neighbour, one
 * that differs in a single decision, and on until there is none; then again from elsewhere.
 *
 * <p><b>Departs:</b> no architecture is proposed twice, so at a local optimum the search goes on
 * from a random one that is new. While results are outstanding, the neighbours to come are proposed
 * ahead, in random order; where all of them are out, so are the next starts. A failed trial is a
 * neighbour that is no better. <b>Checked by:</b> {@code LocalSearchTest}, {@code
 * NasBench201ProtocolTest}.
 *
 * @param initial random architectures before the first step, 1 to 10,000
 * @param improvement which better neighbour is stepped to
 */
public record LocalSearch(int initial, Improvement improvement) implements StrategyKind {
  public static final String KIND = "local-search";

  /** Which better neighbour is stepped to. */
  public enum Improvement {
    /** The first that turns up (the paper's "query until lower"). */
    FIRST("first"),
    /** The best, when all are known (the paper's Algorithm 1). */
    BEST("best");

    private final String word;

    Improvement(String word) {
      this.word = word;
    }

    static Improvement of(String word) {
      return Arrays.stream(values()).filter(i -> i.word.equals(word)).findFirst().orElseThrow();
    }
  }

  /** Reads {@code strategy} of a spec. */
  public static LocalSearch read(int trials, Settings settings) {
    List<String> words = Arrays.stream(Improvement.values()).map(i -> i.word).toList();
    return new LocalSearch(
        settings.integer("initial", 10, 1, 10_000),
        Improvement.of(settings.choice("improvement", Improvement.FIRST.word, words)));
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("initial", initial);
    settings.put("improvement", improvement.word);
    return Collections.unmodifiableMap(settings);
  }

  @Override
  public int algorithmVersion() {
    return 1;
  }

  @Override
  public Heredity heredity() {
    return new Heredity.Parent();
  }

  @Override
  public Strategy start(StrategyContext context) {
    return Climb.from(this, Archive.empty(context.space()));
  }

  @Override
  public Strategy decode(StrategyContext context, byte[] state) {
    return ClimbCodec.decode(Climb.from(this, Archive.empty(context.space())), state);
  }
}
