package dev.archipelago.controller.strategy.evolution;

import dev.archipelago.controller.settings.Settings;
import dev.archipelago.controller.strategy.Heredity;
import dev.archipelago.controller.strategy.Strategy;
import dev.archipelago.controller.strategy.StrategyContext;
import dev.archipelago.controller.strategy.StrategyKind;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Real, Aggarwal, Huang and Le 2019, "Regularized evolution for image classifier architecture
 * search", arXiv:1802.01548v7, Algorithm 1: the best of a few members drawn at random is mutated,
 * and the oldest dies, however good it is.
 *
 * <p><b>Departs:</b> a mutation takes one decision otherwise, each with equal probability, as in
 * NAS-Bench-201 (arXiv:2001.00326, appendix); the paper's are those of its own space. A failed
 * trial does not enter the population: it can win no tournament, and nobody dies for it. Proposals
 * made while others run breed from what was told so far; the first ones are random until as many as
 * the population holds have succeeded or run. A tournament's members are all different, where the
 * paper draws each from the whole population. A child that was proposed before is mutated from its
 * parent anew, and comes twice only where 100 mutations in a row were known; the paper trains it
 * again. <b>Checked by:</b> {@code RegularizedEvolutionTest}, {@code NasBench201ProtocolTest}.
 *
 * @param population P: how many live, 1 to 10,000
 * @param tournament S: how many are drawn, without replacement, for the best to be a parent; 1 to
 *     10,000, beyond the population all of it
 */
public record RegularizedEvolution(int population, int tournament) implements StrategyKind {
  public static final String KIND = "evolution";

  /** Reads {@code strategy} of a spec. */
  public static RegularizedEvolution read(int trials, Settings settings) {
    return new RegularizedEvolution(
        settings.integer("population", 10, 1, 10_000),
        settings.integer("tournament", 3, 1, 10_000));
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("population", population);
    settings.put("tournament", tournament);
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
    return Population.empty(this, context.space());
  }

  @Override
  public Strategy decode(StrategyContext context, byte[] state) {
    return PopulationCodec.decode(Population.empty(this, context.space()), state);
  }
}
