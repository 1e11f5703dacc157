package dev.archipelago.controller.strategy.ppo;

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
 * Zoph et al. 2018, "Learning transferable architectures", arXiv:1707.07012v4, §3 and appendix A.2:
 * the LSTM of {@code reinforce}, trained by proximal policy optimisation (Schulman et al. 2017,
 * arXiv:1707.06347v2, §3 Eq. 7): several steps on each batch of results, none of which may change a
 * decision's probability much.
 *
 * <p>The ratio of probabilities is to the policy that wrote the proposal, however old it is when
 * its result comes; so results of a window of trials are weighed rightly.
 *
 * <p><b>Departs:</b> there is no value function and no generalised advantage estimate: one reward
 * comes per architecture, and the advantage of each of its decisions is that over the moving
 * average of rewards, as in NASNet. Learning rate, batch and entropy are those of some hundred
 * trials, not of NASNet's 20,000; the figures behind the defaults stand in {@code docs/papers.md}.
 * <b>Checked by:</b> {@code PpoGradientTest}, {@code PolicySearchTest}.
 *
 * @param batch results per round of learning, 1 to 1000
 * @param epochs steps of Adam per round, each on the whole batch; 1 to 100
 * @param clip how far a decision's probability may move for a gain, as a share; 0.01 to 0.99
 * @param learningRate Adam's, in (0, 1]
 * @param hidden units per LSTM layer, and the size of embeddings; 1 to 256
 * @param layers LSTM layers, 1 to 4
 * @param entropy weight of the policy's entropy (nats) beside an advantage of about 1; 0 to 10
 * @param baselineDecay how much of the moving average of rewards stays at each one, 0 to 0.9999
 * @param initialRange weights start uniform in [-range, range); 0 to 1
 * @param adamBeta1 decay of Adam's mean of gradients, 0 to 0.9999
 * @param adamBeta2 decay of Adam's mean of squares, 0 to 0.99999
 */
public record Ppo(
    int batch,
    int epochs,
    double clip,
    double learningRate,
    int hidden,
    int layers,
    double entropy,
    double baselineDecay,
    double initialRange,
    double adamBeta1,
    double adamBeta2)
    implements StrategyKind {
  public static final String KIND = "ppo";

  /** Keeps the weights' first values apart from other uses of the seed. */
  private static final long WEIGHTS = 1;

  /** Reads {@code strategy} of a spec; the defaults follow the budget. */
  public static Ppo read(int trials, Settings settings) {
    return new Ppo(
        settings.integer("batch", 4, 1, 1000),
        settings.integer("epochs", 3, 1, 100),
        settings.number("clip", 0.2, 0.01, 0.99),
        settings.number("learning-rate", learningRate(trials), 1e-9, 1),
        settings.integer("hidden", 35, 1, 256),
        settings.integer("layers", 2, 1, 4),
        settings.number("entropy", 0.15, 0, 10),
        settings.number("baseline-decay", 0.9, 0, 0.9999),
        settings.number("initial-range", 0.08, 0, 1),
        settings.number("adam-beta1", 0.9, 0, 0.9999),
        settings.number("adam-beta2", 0.999, 0, 0.99999));
  }

  /** 0.01 up to 225 trials, then falling with their root, never under 6e-4. */
  private static double learningRate(int trials) {
    double rate = Math.max(6e-4, Math.min(0.01, 0.15 / Math.sqrt(trials)));
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
    settings.put("epochs", epochs);
    settings.put("clip", clip);
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
    return new ProximalLearner(
        this, context.space(), network, Weights.fresh(first), Baseline.START, Map.of(), List.of());
  }

  @Override
  public Strategy decode(StrategyContext context, byte[] state) {
    return ProximalCodec.decode(this, context.space(), network(context), state);
  }

  private PolicyNetwork network(StrategyContext context) {
    return new PolicyNetwork(context.space().decisions(), hidden, layers);
  }
}
