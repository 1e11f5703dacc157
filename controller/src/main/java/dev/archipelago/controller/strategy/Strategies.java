package dev.archipelago.controller.strategy;

import dev.archipelago.controller.settings.Settings;
import dev.archipelago.controller.strategy.darts.Darts;
import dev.archipelago.controller.strategy.eas.Eas;
import dev.archipelago.controller.strategy.enas.Enas;
import dev.archipelago.controller.strategy.evolution.RegularizedEvolution;
import dev.archipelago.controller.strategy.grid.Grid;
import dev.archipelago.controller.strategy.local.LocalSearch;
import dev.archipelago.controller.strategy.oneshot.OneShot;
import dev.archipelago.controller.strategy.ppo.Ppo;
import dev.archipelago.controller.strategy.predictor.Predictor;
import dev.archipelago.controller.strategy.random.RandomSearch;
import dev.archipelago.controller.strategy.reinforce.Reinforce;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;

/** The registry: every kind of strategy that a spec can name, those of plug-ins among them. */
public final class Strategies {

  /** How a kind reads its settings; defaults may follow the number of trials. */
  private interface Reader {
    StrategyKind read(int trials, Settings settings);
  }

  private record BuiltIn(String kind, Reader reader) implements StrategyProvider {
    @Override
    public StrategyKind read(int trials, Settings settings) {
      return reader.read(trials, settings);
    }
  }

  private static final List<StrategyProvider> BUILT_IN =
      List.of(
          new BuiltIn(Darts.KIND, Darts::read),
          new BuiltIn(Eas.KIND, Eas::read),
          new BuiltIn(Enas.KIND, Enas::read),
          new BuiltIn(RegularizedEvolution.KIND, RegularizedEvolution::read),
          new BuiltIn(Grid.KIND, Grid::read),
          new BuiltIn(LocalSearch.KIND, LocalSearch::read),
          new BuiltIn(OneShot.KIND, OneShot::read),
          new BuiltIn(Ppo.KIND, Ppo::read),
          new BuiltIn(Predictor.KIND, Predictor::read),
          new BuiltIn(RandomSearch.KIND, (trials, settings) -> new RandomSearch()),
          new BuiltIn(Reinforce.KIND, Reinforce::read));

  private final Map<String, StrategyProvider> providers = new TreeMap<>();

  private Strategies(ClassLoader loader) {
    BUILT_IN.forEach(this::add);
    try {
      ServiceLoader.load(StrategyProvider.class, loader).forEach(this::add);
    } catch (ServiceConfigurationError | LinkageError e) {
      throw new IllegalStateException(
          "a plug-in's strategy cannot be loaded: " + e.getMessage(), e);
    }
  }

  private void add(StrategyProvider provider) {
    StrategyProvider other = providers.put(provider.kind(), provider);
    if (other != null) {
      throw new IllegalStateException(
          "two strategies are called \"%s\": %s and %s"
              .formatted(provider.kind(), origin(other), origin(provider)));
    }
  }

  private static String origin(StrategyProvider provider) {
    return provider instanceof BuiltIn ? "the product's own" : provider.getClass().getName();
  }

  /**
   * The product's own and those of every jar that a class loader sees.
   *
   * @throws IllegalStateException if two have one name, or one cannot be loaded
   */
  public static Strategies seenBy(ClassLoader loader) {
    return new Strategies(loader);
  }

  /** As {@link #seenBy}, with the jars on the class path. */
  public static Strategies installed() {
    return seenBy(Strategies.class.getClassLoader());
  }

  /** The names for {@code strategy.kind}, in alphabetical order. */
  public static List<String> kinds() {
    return installed().names();
  }

  /** Whether every network is trained alone and from fresh weights: then anybody can do it. */
  public static boolean needsNoEngine(StrategyKind kind) {
    return kind.sharing().isEmpty() && !(kind.heredity() instanceof Heredity.Growth);
  }

  /** Those of {@link #kinds} whose networks a table of results has. */
  public static List<String> kindsForTables() {
    Strategies installed = installed();
    return installed.names().stream()
        .filter(kind -> needsNoEngine(installed.read(kind, 1, Settings.none())))
        .toList();
  }

  /**
   * The kind with its settings, every default resolved, out of those on the class path.
   *
   * @param trials that the budget allows in this arm; at least 1
   * @throws IllegalArgumentException if there is no such kind; bad settings are refused by {@code
   *     settings} itself
   */
  public static StrategyKind of(String kind, int trials, Settings settings) {
    return installed().read(kind, trials, settings);
  }

  /** As {@link #kinds}, of this registry. */
  public List<String> names() {
    return List.copyOf(providers.keySet());
  }

  /** As {@link #of}, from this registry. */
  public StrategyKind read(String kind, int trials, Settings settings) {
    StrategyProvider provider = providers.get(kind);
    if (provider == null) {
      throw new IllegalArgumentException(
          "no strategy is called \"" + kind + "\"; there are " + String.join(", ", names()));
    }
    return provider.read(trials, settings);
  }
}
