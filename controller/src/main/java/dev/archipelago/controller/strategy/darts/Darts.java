package dev.archipelago.controller.strategy.darts;

import dev.archipelago.controller.settings.Settings;
import dev.archipelago.controller.strategy.Sharing;
import dev.archipelago.controller.strategy.Strategy;
import dev.archipelago.controller.strategy.StrategyContext;
import dev.archipelago.controller.strategy.StrategyKind;
import dev.archipelago.controller.strategy.shared.WeightTraining;
import dev.archipelago.protocol.space.Ragged;
import dev.archipelago.protocol.space.RelaxedSpace;
import dev.archipelago.protocol.space.SearchSpace;
import dev.archipelago.protocol.space.Shape;
import dev.archipelago.protocol.space.Task;
import dev.archipelago.protocol.trial.Round;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Liu, Simonyan and Yang 2019, "DARTS: Differentiable Architecture Search", arXiv:1806.09055v2:
 * each edge of a cell computes the softmax-weighted sum of all operations (§2.2), and the weights
 * of that sum, the alphas, descend on one half of the training examples while the network's weights
 * descend on the other (§2.3, Algorithm 1), by the first or the second order. With {@code variant:
 * gdas} one operation is drawn in each step (Dong and Yang 2019, arXiv:1910.04465, §3.2), with
 * {@code variant: pc} one in k channels goes through the operations and edges are weighed (Xu et
 * al. 2020, arXiv:1907.05737v4, §3.2 and §3.3).
 *
 * <p>A proposal is a round of steps on a worker; between rounds the alphas and Adam's memory of
 * them are here. Several chains search apart from different first weights, as the authors choose
 * among runs (§3.1), and the one that scores best is the winner; or {@code merge: true} has several
 * workers' rounds make one chain faster: alphas and both of Adam's moments are averaged, and the
 * weights by {@link Round.Weights.Stored}.
 *
 * <p><b>Departs:</b>
 *
 * <ul>
 *   <li>The authors choose among runs by training the cells for 100 epochs; here by the accuracy of
 *       the derived cell's path with the shared weights, batch norms measured anew, and retraining
 *       then takes the best few.
 *   <li>The alphas' rate follows the budget, see {@link AlphaDescent}; a merged search averages
 *       alphas, so that they go as far as one worker's, with less noise.
 *   <li>The sentinel, see {@link Sentinel}, is in none of the three papers. While it is on, no cell
 *       is derived in which nothing learns.
 *   <li>GDAS is first order, as in its paper; its temperature falls from round to round.
 * </ul>
 *
 * <b>Checked by:</b> {@code DartsTest}, {@code SentinelTest}, {@code TemperatureTest}.
 *
 * @param trials proposals that the budget allows
 * @param chains independent searches, 1 to 16; 1 where {@code parts} is more
 * @param parts of each round, 1 to 16
 * @param steps in each proposal, 1 to 100,000
 * @param warmUp share of the rounds at the beginning in which the alphas rest, 0 to 0.9
 * @param channelShare k of PC-DARTS, 2 to 16; 1 of the others
 * @param derivesNone whether a cell may lack an edge of which {@code none} is the strongest option
 * @param batches of held-out examples by which the mixture is scored after each round, 0 (all) to
 *     100,000
 * @param recalibration training batches for the batch norms of a derived cell's path, 1 to 100,000
 */
public record Darts(
    int trials,
    Variant variant,
    Round.Order order,
    Temperature temperature,
    int chains,
    int parts,
    int steps,
    WeightTraining training,
    AlphaDescent alphas,
    double warmUp,
    int channelShare,
    boolean derivesNone,
    int batches,
    int recalibration,
    Watch watch)
    implements StrategyKind {
  public static final String KIND = "darts";

  private static final WeightTraining TRAINING = new WeightTraining(0.025, 0.001, 0.9, 3e-4, 5);
  private static final String DIFFERENCES = "differences";
  private static final int MOST_CHAINS = 16;

  /** Proposals from which two chains are worth their halves. */
  private static final int TWO_CHAINS = 20;

  /**
   * Reads {@code strategy} of a spec; the alphas' rate and the sentinel's lag follow the budget.
   */
  public static Darts read(int trials, Settings settings) {
    Variant variant =
        Variant.labelled(settings.choice("variant", Variant.PLAIN.label(), Variant.labels()));
    Round.Order order = order(variant, settings);
    Temperature temperature = Temperature.read(variant, settings);
    boolean merge = settings.flag("merge", false);
    int chains = 1;
    int parts = 1;
    if (merge) {
      settings.exclude("seeds", "means nothing with merge: true, which makes one chain");
      parts = settings.integer("parts", 2, 2, MOST_CHAINS);
    } else {
      settings.exclude("parts", "means nothing without merge: true");
      int most = Math.max(1, Math.min(MOST_CHAINS, trials / 2));
      chains = settings.integer("seeds", trials < TWO_CHAINS ? 1 : 2, 1, most);
    }
    int steps = settings.integer("steps", 50, 1, 100_000);
    WeightTraining training = WeightTraining.read(TRAINING, settings);
    // PC-DARTS lets the alphas rest in 15 of 50 epochs.
    double warmUp = settings.number("warm-up", variant == Variant.PC ? 0.3 : 0, 0, 0.9);
    int moving = Course.of(trials, chains, parts, warmUp).moving();
    return new Darts(
        trials,
        variant,
        order,
        temperature,
        chains,
        parts,
        steps,
        training,
        AlphaDescent.read((long) moving * steps, settings),
        warmUp,
        channelShare(variant, settings),
        settings.flag("derive-none", false),
        settings.integer("batches", 8, 0, 100_000),
        settings.integer("recalibration", 20, 1, 100_000),
        Watch.read(moving, settings));
  }

  private static Round.Order order(Variant variant, Settings settings) {
    int order = settings.integer("order", 1, 1, 2);
    if (order == 2 && variant == Variant.GDAS) {
      settings.exclude("order", "must be 1 with variant: gdas, whose paper unrolls no step");
      order = 1;
    }
    if (order == 1) {
      settings.exclude("hessian", "means nothing with order: 1");
      return Round.Order.FIRST;
    }
    return settings.choice("hessian", "exact", List.of("exact", DIFFERENCES)).equals(DIFFERENCES)
        ? Round.Order.SECOND_BY_DIFFERENCES
        : Round.Order.SECOND;
  }

  private static int channelShare(Variant variant, Settings settings) {
    if (variant != Variant.PC) {
      settings.exclude("channel-share", "means nothing without variant: pc");
      return 1;
    }
    return settings.integer("channel-share", 4, 2, 16);
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("variant", variant.label());
    settings.put("order", order == Round.Order.FIRST ? 1 : 2);
    if (order != Round.Order.FIRST) {
      settings.put("hessian", order == Round.Order.SECOND ? "exact" : DIFFERENCES);
    }
    temperature.put(settings);
    settings.put("merge", parts > 1);
    if (parts > 1) {
      settings.put("parts", parts);
    } else {
      settings.put("seeds", chains);
    }
    settings.put("steps", steps);
    training.put(settings);
    settings.put("warm-up", warmUp);
    alphas.put(settings);
    if (variant == Variant.PC) {
      settings.put("channel-share", channelShare);
    }
    settings.put("derive-none", derivesNone);
    settings.put("batches", batches);
    settings.put("recalibration", recalibration);
    watch.put(settings);
    return Collections.unmodifiableMap(settings);
  }

  @Override
  public int algorithmVersion() {
    return 2;
  }

  @Override
  public Optional<Sharing> sharing() {
    return Optional.of(new Sharing(new Round.Net.Relaxed(channelShare), 1));
  }

  @Override
  public Optional<String> obstacle(SearchSpace space) {
    long least = Course.least(chains, parts);
    if (trials < least) {
      return Optional.of(
          "budget.trials must be at least %d, a round of training%s and one that scores what was derived%s; got %d"
              .formatted(
                  least,
                  parts > 1 ? " in %d parts".formatted(parts) : "",
                  chains > 1 ? ", in each of %d chains".formatted(chains) : "",
                  trials));
    }
    if (!(space instanceof RelaxedSpace relaxed)) {
      return Optional.of(
          "its choices cannot be relaxed to weighted sums; spaces of cells can, cell and nasbench201");
    }
    try {
      relaxed.relaxed(new Task(new Shape(3, 64, 64), 10), channelShare);
    } catch (IllegalArgumentException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
    return CellReader.of(relaxed, channelShare, derivesNone).canLearn()
        ? Optional.empty()
        : Optional.of("none of its operations has weights that could be trained");
  }

  /**
   * What alphas say, as the authors derive: whatever the temperature of training, softmax(alpha).
   */
  public static Ragged probabilities(Ragged alphas) {
    return alphas.softmax(1);
  }

  Course course() {
    return Course.of(trials, chains, parts, warmUp);
  }

  @Override
  public Strategy start(StrategyContext context) {
    return Chains.start(this, reader(context), context.seed());
  }

  private CellReader reader(StrategyContext context) {
    if (context.space() instanceof RelaxedSpace relaxed) {
      return CellReader.of(relaxed, channelShare, derivesNone);
    }
    throw new IllegalArgumentException(
        "space \"" + context.space().kind() + "\" cannot be relaxed to weighted sums");
  }

  @Override
  public Strategy decode(StrategyContext context, byte[] state) {
    return ChainsCodec.decode((Chains) start(context), state);
  }
}
