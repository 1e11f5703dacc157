package dev.archipelago.controller.strategy.predictor;

import dev.archipelago.controller.settings.Settings;
import dev.archipelago.controller.strategy.Strategy;
import dev.archipelago.controller.strategy.StrategyContext;
import dev.archipelago.controller.strategy.StrategyKind;
import dev.archipelago.controller.strategy.genotype.Archive;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * White, Neiswanger and Savani 2021, "BANANAS: Bayesian optimization with neural architectures for
 * neural architecture search", arXiv:1910.11858v3, Algorithm 1: an ensemble learns the rewards seen
 * so far, and independent Thompson sampling chooses among changes of the best architectures.
 *
 * <p><b>Departs:</b> the ensemble is not of five neural networks but of Gaussian processes over the
 * decisions' values, one for each covariance in question, weighted by how likely it makes the
 * rewards ({@link Ensemble}): exact, without training, and good from few results. So the encoding
 * is that of the decisions (§4, adjacency, categorical) and not of paths, which a space need not
 * have. Rewards are learned as normal scores of their ranks, so that their scale and a few hopeless
 * networks do not matter. Some candidates are drawn at random. Nothing is proposed twice; failed
 * trials are not learned from. <b>Checked by:</b> {@code PredictorTest}, {@code
 * GaussianProcessTest}, {@code NasBench201ProtocolTest}.
 *
 * @param initial random architectures before the first that is chosen, 1 to 10,000
 * @param parents how many of the best are changed, 1 to 1,000
 * @param random candidates that are drawn at random, 0 to 10,000
 * @param exploration factor on the standard deviations that are drawn from; 0 trusts the means, 1
 *     is Thompson sampling; 0 to 100
 * @param training results learned from at most, half of them the best and half the latest; 2 to
 *     2,000. A proposal's cost grows with its third power
 */
public record Predictor(int initial, int parents, int random, double exploration, int training)
    implements StrategyKind {
  public static final String KIND = "predictor";

  /** Reads {@code strategy} of a spec. */
  public static Predictor read(int trials, Settings settings) {
    return new Predictor(
        settings.integer("initial", 10, 1, 10_000),
        settings.integer("parents", 5, 1, 1_000),
        settings.integer("random", 200, 0, 10_000),
        settings.number("exploration", 1, 0, 100),
        settings.integer("training", 200, 2, 2_000));
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("initial", initial);
    settings.put("parents", parents);
    settings.put("random", random);
    settings.put("exploration", exploration);
    settings.put("training", training);
    return Collections.unmodifiableMap(settings);
  }

  @Override
  public int algorithmVersion() {
    return 1;
  }

  @Override
  public Strategy start(StrategyContext context) {
    return new Survey(this, Archive.empty(context.space()));
  }

  @Override
  public Strategy decode(StrategyContext context, byte[] state) {
    return SurveyCodec.decode(this, Archive.empty(context.space()), state);
  }
}
