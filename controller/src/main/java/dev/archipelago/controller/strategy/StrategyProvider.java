package dev.archipelago.controller.strategy;

import dev.archipelago.controller.settings.Settings;

/**
 * How a strategy comes into the registry: its name, and how it reads its settings.
 *
 * <p>Whoever brings a strategy of their own implements this with a public constructor without
 * arguments and names the class in the jar's {@code
 * META-INF/services/dev.archipelago.controller.strategy.StrategyProvider}; {@code
 * examples/own-strategy} is one. Every strategy passes {@code StrategyContract}.
 */
public interface StrategyProvider {

  /** The name in a spec's {@code strategy.kind}; no other strategy has it. */
  String kind();

  /**
   * The kind with its settings, every default resolved. {@code kind}, {@code window} and {@code
   * order} are keys of every strategy, and not to be asked for.
   *
   * @param trials that the budget allows in this arm, at least 1; defaults may follow it
   */
  StrategyKind read(int trials, Settings settings);
}
