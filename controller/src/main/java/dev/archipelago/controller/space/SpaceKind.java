package dev.archipelago.controller.space;

import dev.archipelago.controller.settings.Settings;
import dev.archipelago.protocol.space.SearchSpace;
import dev.archipelago.protocol.trial.Examples;

/**
 * A search space's entry in the registry: makes it from a spec.
 *
 * <p>Whoever brings a space of their own implements this with a public constructor without
 * arguments and names the class in the jar's {@code
 * META-INF/services/dev.archipelago.controller.space.SpaceKind}; {@code examples/own-space} is one.
 */
public interface SpaceKind {

  /** The name in a spec's {@code space.kind}. */
  String kind();

  /** Whether its networks are for examples of this kind; if it says nothing, images only. */
  default boolean fits(Examples examples) {
    return examples instanceof Examples.Images;
  }

  /**
   * The space with its settings, every default resolved. Its {@link SearchSpace#kind} is this one,
   * and reading its {@link SearchSpace#settings} gives an equal space.
   *
   * @throws IllegalArgumentException if settings that are fine one by one make no space; the author
   *     of the spec is told its message, at the key with which it starts, if it starts with one
   */
  SearchSpace read(Settings settings);
}
