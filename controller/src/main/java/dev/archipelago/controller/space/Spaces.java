package dev.archipelago.controller.space;

import dev.archipelago.controller.settings.Settings;
import dev.archipelago.protocol.space.SearchSpace;
import dev.archipelago.protocol.trial.Examples;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;

/** The registry: every kind of search space that a spec can name. */
public final class Spaces {
  private static final List<SpaceKind> BUILT_IN =
      List.of(
          new CellKind(),
          new ChainKind(),
          new MlpKind(),
          new NasBench201Kind(),
          new ReferenceKind(),
          new SequenceKind(),
          new StagedKind());

  private final Map<String, SpaceKind> kinds = new TreeMap<>();

  private Spaces(ClassLoader loader) {
    BUILT_IN.forEach(this::add);
    try {
      ServiceLoader.load(SpaceKind.class, loader).forEach(this::add);
    } catch (ServiceConfigurationError | LinkageError e) {
      throw new IllegalStateException("a plug-in's space cannot be loaded: " + e.getMessage(), e);
    }
  }

  private void add(SpaceKind kind) {
    SpaceKind other = kinds.put(kind.kind(), kind);
    if (other != null) {
      throw new IllegalStateException(
          "two spaces are called \"%s\": %s and %s"
              .formatted(kind.kind(), other.getClass().getName(), kind.getClass().getName()));
    }
  }

  /**
   * The product's own and those of every jar on its class path.
   *
   * @throws IllegalStateException if two have one name, or one cannot be loaded
   */
  public static Spaces installed() {
    return of(Spaces.class.getClassLoader());
  }

  /** As {@link #installed}, with the jars that a class loader sees. */
  public static Spaces of(ClassLoader loader) {
    return new Spaces(loader);
  }

  /** The names for {@code space.kind}, in alphabetical order. */
  public List<String> kinds() {
    return List.copyOf(kinds.keySet());
  }

  /**
   * The space with its settings, every default resolved.
   *
   * @throws IllegalArgumentException if there is no such kind, or as {@link SpaceKind#read}; bad
   *     values of single settings are refused by {@code settings} itself
   */
  public SearchSpace read(String kind, Settings settings) {
    return known(kind).read(settings);
  }

  /** The kinds whose networks are for such examples, in alphabetical order. */
  public List<String> fitting(Examples examples) {
    return kinds().stream().filter(kind -> known(kind).fits(examples)).toList();
  }

  private SpaceKind known(String kind) {
    SpaceKind known = kinds.get(kind);
    if (known == null) {
      throw new IllegalArgumentException(
          "no space is called \"" + kind + "\"; there are " + String.join(", ", kinds()));
    }
    return known;
  }
}
