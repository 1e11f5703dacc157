package dev.archipelago.controller.strategy.reinforce;

import dev.archipelago.controller.settings.Settings;
import dev.archipelago.controller.strategy.Strategy;
import dev.archipelago.controller.strategy.StrategyContext;
import dev.archipelago.controller.strategy.StrategyKind;
import dev.archipelago.controller.strategy.policy.Baseline;
import dev.archipelago.controller.strategy.policy.Hyperparameters;
import dev.archipelago.controller.strategy.policy.PolicyNetwork;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Zoph and Le 2017, "Neural architecture search with reinforcement learning", arXiv:1611.01578v2,
 * §3: an LSTM writes architectures, and REINFORCE (Williams 1992) with a moving-average baseline
 * makes good ones likelier.
 *
 * <p><b>Departs:</b> the paper's settings (M = 8, learning rate 6e-4, for 12,800 trials) learn
 * nothing within some hundred trials, so here the policy learns from every result, and at a rate
 * that follows the budget. That needs more entropy than slow learners do, or the policy settles on
 * the first good architecture. The figures behind the defaults stand in {@code docs/papers.md}.
 * <b>Checked by:</b> {@code ReinforceLearnsTest}, {@code NasBench201Test}.
 *
 * @param batch M: results per update of the weights, 1 to 1000
 * @param policy its network, and how it learns
 */
public record Reinforce(int batch, Hyperparameters policy) implements StrategyKind {
  public static final String KIND = "reinforce";

  /** Default of the learning rate where trials are few. */
  private static final double LARGEST_RATE = 0.02;

  /** Reads {@code strategy} of a spec; the defaults follow the budget. */
  public static Reinforce read(int trials, Settings settings) {
    return new Reinforce(
        settings.integer("batch", 1, 1, 1000),
        Hyperparameters.read(trials, LARGEST_RATE, settings));
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("batch", batch);
    policy.put(settings);
    return Collections.unmodifiableMap(settings);
  }

  @Override
  public int algorithmVersion() {
    return 1;
  }

  @Override
  public Strategy start(StrategyContext context) {
    PolicyNetwork network = policy.network(context.space());
    return new Learner(
        this,
        context.space(),
        network,
        policy.first(network, context.seed()),
        Baseline.START,
        List.of());
  }

  @Override
  public Strategy decode(StrategyContext context, byte[] state) {
    return LearnerCodec.decode(this, context.space(), policy.network(context.space()), state);
  }
}
