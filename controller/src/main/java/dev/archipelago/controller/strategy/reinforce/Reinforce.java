package dev.archipelago.controller.strategy.reinforce;

import dev.archipelago.controller.settings.Settings;
import dev.archipelago.controller.strategy.Strategy;
import dev.archipelago.controller.strategy.StrategyContext;
import dev.archipelago.controller.strategy.StrategyKind;
import dev.archipelago.controller.strategy.policy.Baseline;
import dev.archipelago.controller.strategy.policy.PolicyNetwork;
import dev.archipelago.controller.strategy.policy.Weights;
import dev.archipelago.protocol.random.SplitMix64;
import java.math.BigDecimal;
import java.math.MathContext;
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
 * @param learningRate Adam's, in (0, 1]
 * @param hidden units per LSTM layer, and the size of embeddings; 1 to 256
 * @param layers LSTM layers, 1 to 4
 * @param entropy weight of the policy's entropy (nats) beside an advantage of about 1; 0 to 10
 * @param baselineDecay how much of the moving average of rewards stays at each one, 0 to 0.9999
 * @param initialRange weights start uniform in [-range, range); 0 to 1
 * @param adamBeta1 decay of Adam's mean of gradients, 0 to 0.9999
 * @param adamBeta2 decay of Adam's mean of squares, 0 to 0.99999
 */
public record Reinforce(
    int batch,
    double learningRate,
    int hidden,
    int layers,
    double entropy,
    double baselineDecay,
    double initialRange,
    double adamBeta1,
    double adamBeta2)
    implements StrategyKind {
  public static final String KIND = "reinforce";

  /** Keeps the weights' first values apart from other uses of the seed. */
  private static final long WEIGHTS = 1;

  /** Reads {@code strategy} of a spec; the defaults follow the budget. */
  public static Reinforce read(int trials, Settings settings) {
    return new Reinforce(
        settings.integer("batch", 1, 1, 1000),
        settings.number("learning-rate", learningRate(trials), 1e-9, 1),
        settings.integer("hidden", 35, 1, 256),
        settings.integer("layers", 2, 1, 4),
        settings.number("entropy", 0.15, 0, 10),
        settings.number("baseline-decay", 0.9, 0, 0.9999),
        settings.number("initial-range", 0.08, 0, 1),
        settings.number("adam-beta1", 0.9, 0, 0.9999),
        settings.number("adam-beta2", 0.999, 0, 0.99999));
  }

  /** 0.02 up to 225 trials, then falling with their root, never under the paper's. */
  private static double learningRate(int trials) {
    double rate = Math.max(6e-4, Math.min(0.02, 0.3 / Math.sqrt(trials)));
    return new BigDecimal(rate).round(new MathContext(2)).doubleValue();
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("batch", batch);
    settings.put("learning-rate", learningRate);
    settings.put("hidden", hidden);
    settings.put("layers", layers);
    settings.put("entropy", entropy);
    settings.put("baseline-decay", baselineDecay);
    settings.put("initial-range", initialRange);
    settings.put("adam-beta1", adamBeta1);
    settings.put("adam-beta2", adamBeta2);
    return Collections.unmodifiableMap(settings);
  }

  @Override
  public int algorithmVersion() {
    return 1;
  }

  @Override
  public Strategy start(StrategyContext context) {
    PolicyNetwork network = network(context);
    double[] first = network.initialWeights(SplitMix64.of(context.seed(), WEIGHTS), initialRange);
    return new Learner(
        this, context.space(), network, Weights.fresh(first), Baseline.START, List.of());
  }

  @Override
  public Strategy decode(StrategyContext context, byte[] state) {
    return LearnerCodec.decode(this, context.space(), network(context), state);
  }

  private PolicyNetwork network(StrategyContext context) {
    return new PolicyNetwork(context.space().decisions(), hidden, layers);
  }
}
