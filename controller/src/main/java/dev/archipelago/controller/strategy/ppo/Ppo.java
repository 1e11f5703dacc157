package dev.archipelago.controller.strategy.ppo;

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
 * @param policy its network, and how it learns
 */
public record Ppo(int batch, int epochs, double clip, Hyperparameters policy)
    implements StrategyKind {
  public static final String KIND = "ppo";

  /** Default of the learning rate where trials are few. */
  private static final double LARGEST_RATE = 0.01;

  /** Reads {@code strategy} of a spec; the defaults follow the budget. */
  public static Ppo read(int trials, Settings settings) {
    return new Ppo(
        settings.integer("batch", 4, 1, 1000),
        settings.integer("epochs", 3, 1, 100),
        settings.number("clip", 0.2, 0.01, 0.99),
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
    settings.put("epochs", epochs);
    settings.put("clip", clip);
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
    return new ProximalLearner(
        this,
        context.space(),
        network,
        policy.first(network, context.seed()),
        Baseline.START,
        Map.of(),
        List.of());
  }

  @Override
  public Strategy decode(StrategyContext context, byte[] state) {
    return ProximalCodec.decode(this, context.space(), policy.network(context.space()), state);
  }
}
