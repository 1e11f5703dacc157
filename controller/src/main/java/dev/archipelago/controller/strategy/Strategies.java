package dev.archipelago.controller.strategy;

import dev.archipelago.controller.settings.Settings;
import dev.archipelago.controller.strategy.ppo.Ppo;
import dev.archipelago.controller.strategy.random.RandomSearch;
import dev.archipelago.controller.strategy.reinforce.Reinforce;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The registry: every kind of strategy that a spec can name. */
public final class Strategies {

  /** How a kind reads its settings; defaults may follow the number of trials. */
  private interface Reader {
    StrategyKind read(int trials, Settings settings);
  }

  private static final Map<String, Reader> READERS =
      new TreeMap<>(
          Map.of(
              Ppo.KIND,
              Ppo::read,
              RandomSearch.KIND,
              (trials, settings) -> new RandomSearch(),
              Reinforce.KIND,
              Reinforce::read));

  private Strategies() {}

  /** The names for {@code strategy.kind}, in alphabetical order. */
  public static List<String> kinds() {
    return List.copyOf(READERS.keySet());
  }

  /**
   * The kind with its settings, every default resolved.
   *
   * @param trials that the budget allows in this arm; at least 1
   * @throws IllegalArgumentException if there is no such kind; bad settings are refused by {@code
   *     settings} itself
   */
  public static StrategyKind of(String kind, int trials, Settings settings) {
    Reader reader = READERS.get(kind);
    if (reader == null) {
      throw new IllegalArgumentException(
          "no strategy is called \"" + kind + "\"; there are " + String.join(", ", kinds()));
    }
    return reader.read(trials, settings);
  }
}
