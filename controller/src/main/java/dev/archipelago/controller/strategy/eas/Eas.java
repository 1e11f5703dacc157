package dev.archipelago.controller.strategy.eas;

import dev.archipelago.controller.settings.Digits;
import dev.archipelago.controller.settings.Settings;
import dev.archipelago.controller.strategy.Heredity;
import dev.archipelago.controller.strategy.Strategy;
import dev.archipelago.controller.strategy.StrategyContext;
import dev.archipelago.controller.strategy.StrategyKind;
import dev.archipelago.controller.strategy.policy.Hyperparameters;
import dev.archipelago.protocol.space.GrowableSpace;
import dev.archipelago.protocol.space.SearchSpace;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Cai et al. 2018, "Efficient architecture search by network transformation", arXiv:1707.04873v2: a
 * policy says where a trained network grows, by Net2Net's function-preserving transformations, so
 * that each child begins with what its parent knows and is trained briefly.
 *
 * <p>The search begins with the space's smallest network. A generation is its best network so far,
 * once as it is and otherwise grown as the policy has it; all are trained for equally many epochs
 * on top of their parent's, and the best of them is the parent of the next generation. Every result
 * of a generation then teaches the policy by one step of REINFORCE.
 *
 * <p><b>Departs:</b> the paper's two actor networks (wider: yes or no at every layer; deeper: where
 * and how) are one here, a yes or no at every decision that can grow; its encoder reads the
 * architecture in both directions, ours in one. The paper goes through several transformations in
 * an episode and starts most episodes from one network; here a decision grows by one step a
 * generation. A reward is compared with its generation's mean, since only there cumulative epochs
 * are equal, where the paper has a moving average of tan(accuracy x pi / 2). The parent's own
 * training goes on as one of the generation, so that growing has something to beat. Growth is rare
 * at first ({@code growths}), where an untrained policy would grow half of everything; and a
 * generation's networks differ, where need be by tosses of a coin. <b>Checked by:</b> {@code
 * EasTest}, {@code GrowthRunTest}.
 *
 * @param children networks in a generation, 2 to 1,000: the parent as it is, and those that grew
 * @param growths how many decisions of the smallest network grow in a child at first, on average;
 *     0.1 to 100
 * @param noise largest change of a repeated channel's weights, over their tensor's root mean
 *     square; 0 to 1
 * @param policy its network, and how it learns
 */
public record Eas(int children, double growths, double noise, Hyperparameters policy)
    implements StrategyKind {
  public static final String KIND = "eas";

  private static final double LARGEST_RATE = 0.02;

  /** Results up to which the learning rate is the largest; then it falls with their root. */
  private static final double FEW_TRIALS = 100;

  /** Reads {@code strategy} of a spec; the policy's learning rate follows the budget. */
  public static Eas read(int trials, Settings settings) {
    double rate = LARGEST_RATE * Math.min(1, Math.sqrt(FEW_TRIALS / trials));
    Hyperparameters defaults =
        new Hyperparameters(Digits.two(rate), 16, 1, 0.05, 0.9, 0.08, 0.9, 0.999);
    return new Eas(
        settings.integer("children", 6, 2, 1_000),
        settings.number("growths", 2, 0.1, 100),
        settings.number("noise", 0.05, 0, 1),
        Hyperparameters.read(defaults, settings));
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("children", children);
    settings.put("growths", growths);
    settings.put("noise", noise);
    policy.put(settings);
    return Collections.unmodifiableMap(settings);
  }

  @Override
  public int algorithmVersion() {
    return 1;
  }

  @Override
  public Heredity heredity() {
    return new Heredity.Growth(noise);
  }

  @Override
  public Optional<String> obstacle(SearchSpace space) {
    return space instanceof GrowableSpace
        ? Optional.empty()
        : Optional.of("its networks do not grow out of one another; chain and staged do");
  }

  @Override
  public Strategy start(StrategyContext context) {
    return Generations.start(this, (GrowableSpace) context.space(), context.seed());
  }

  @Override
  public Strategy decode(StrategyContext context, byte[] state) {
    return GenerationsCodec.decode((Generations) start(context), state);
  }
}
