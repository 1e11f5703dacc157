package dev.archipelago.controller.strategy.oneshot;

import dev.archipelago.controller.settings.Settings;
import dev.archipelago.controller.strategy.Sharing;
import dev.archipelago.controller.strategy.Strategy;
import dev.archipelago.controller.strategy.StrategyContext;
import dev.archipelago.controller.strategy.StrategyKind;
import dev.archipelago.controller.strategy.shared.Progress;
import dev.archipelago.controller.strategy.shared.SharedSpaces;
import dev.archipelago.controller.strategy.shared.Timetable;
import dev.archipelago.controller.strategy.shared.WeightTraining;
import dev.archipelago.protocol.space.SearchSpace;
import dev.archipelago.protocol.trial.Round;
import dev.archipelago.protocol.trial.Round.Scoring;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Guo et al. 2020, "Single path one-shot neural architecture search with uniform sampling",
 * arXiv:1904.00420v4, §3: a network that contains all others is trained along uniformly drawn
 * single paths (§3.2); then networks are ranked by its weights, batch norms measured anew for each,
 * while evolution looks for better ones (§3.4); the best are trained from scratch. The ranking
 * without a search is that of Bender et al. 2018, "Understanding and simplifying one-shot
 * architecture search", §3.4.
 *
 * <p>A budget of T proposals is divided from its end: {@code correlate} networks to be trained
 * alone and their scores, the generations, and rounds of training with all that is left.
 *
 * <p><b>Departs:</b> the weights' learning rate falls along a cosine, the paper's in a line. With
 * several parts the rounds that train at once start alike and are merged after. There is no
 * constraint on the evolution: networks beyond the spec's limits are ranked, but not retrained.
 * <b>Checked by:</b> {@code OneShotTest}, {@code BreedingTest}.
 *
 * @param trials proposals that the budget allows
 * @param parts proposals into which each round is divided, 1 to 64
 * @param steps of training per round, over all parts; 1 to 10,000
 * @param generations of ranked networks, 1 to 1000
 * @param scoreBatches held-out batches by which they are ranked, 0 for all; 0 to 1000
 * @param recalibration training batches by which batch norms are measured anew for each network, 0
 *     to 1000
 * @param correlate random networks that are also trained alone, for Kendall's tau; 0, or 30 to
 *     10,000
 */
public record OneShot(
    int trials,
    int parts,
    int steps,
    int generations,
    Breeding breeding,
    int scoreBatches,
    int recalibration,
    int correlate,
    WeightTraining training)
    implements StrategyKind {
  public static final String KIND = "one-shot";

  /** With fewer networks Kendall's tau says nothing: its standard error with 30 is 0.13. */
  private static final int LEAST_CORRELATE = 30;

  /** Reads {@code strategy} of a spec; up to half of the budget goes to generations. */
  public static OneShot read(int trials, Settings settings) {
    int parts = settings.integer("parts", 1, 1, 64);
    return new OneShot(
        trials,
        parts,
        settings.integer("steps", 100, 1, 10_000),
        settings.integer("generations", Math.max(1, Math.min(10, trials / (2 * parts))), 1, 1000),
        Breeding.read(settings),
        settings.integer("score-batches", 0, 0, 1000),
        settings.integer("recalibration", 5, 0, 1000),
        settings.integer("correlate", 0, 0, 10_000),
        WeightTraining.read(WeightTraining.OF_PATHS, settings));
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("parts", parts);
    settings.put("steps", steps);
    settings.put("generations", generations);
    breeding.put(settings);
    settings.put("score-batches", scoreBatches);
    settings.put("recalibration", recalibration);
    settings.put("correlate", correlate);
    training.put(settings);
    return Collections.unmodifiableMap(settings);
  }

  @Override
  public int algorithmVersion() {
    return 1;
  }

  @Override
  public Optional<Sharing> sharing() {
    return Optional.of(new Sharing(new Round.Net.Paths(), mostPaths()));
  }

  @Override
  public Optional<String> obstacle(SearchSpace space) {
    return SharedSpaces.obstacle(space, mostPaths()).or(this::obstacle);
  }

  /** No proposal has more paths. */
  private int mostPaths() {
    return Math.max(longestPart(), Math.max(breeding.population(), correlate));
  }

  private Optional<String> obstacle() {
    if (correlate > 0 && correlate < Math.max(LEAST_CORRELATE, 2 * parts)) {
      return Optional.of(
          "strategy.correlate must be 0 or at least %d"
              .formatted(Math.max(LEAST_CORRELATE, 2 * parts)));
    } else if (rounds() < 1) {
      return Optional.of(
          "budget.trials must be at least %d: a round of training and %d generation%s, in %d part%s each%s; got %d"
              .formatted(
                  parts + reserved(),
                  generations,
                  generations == 1 ? "" : "s",
                  parts,
                  parts == 1 ? "" : "s",
                  correlate > 0 ? ", and %d networks with their scores".formatted(correlate) : "",
                  trials));
    } else if (steps < parts) {
      return Optional.of("strategy.steps must be at least strategy.parts");
    } else if (breeding.population() < 2 * parts) {
      return Optional.of(
          "strategy.population must be at least %d, twice strategy.parts".formatted(2 * parts));
    }
    return Optional.empty();
  }

  /** Proposals that train no shared weights. */
  private int reserved() {
    return parts * generations + (correlate > 0 ? correlate + parts : 0);
  }

  /** Rounds of training. */
  int rounds() {
    return (trials - reserved()) / parts;
  }

  /** Rounds of training, generations, and what is trained alone with its scores. */
  private Timetable timetable() {
    obstacle()
        .ifPresent(
            message -> {
              throw new IllegalArgumentException(message);
            });
    return new Timetable(trials, parts, rounds() + generations + (correlate > 0 ? 1 : 0));
  }

  /** Steps of the longest part of a round. */
  int longestPart() {
    return (steps + parts - 1) / parts;
  }

  Scoring scoring() {
    return new Scoring(scoreBatches, 0, recalibration);
  }

  @Override
  public Strategy start(StrategyContext context) {
    return new PathRanker(
        this,
        SharedSpaces.of(context.space()),
        context.seed(),
        Progress.start(timetable()),
        List.of(),
        Optional.empty());
  }

  @Override
  public Strategy decode(StrategyContext context, byte[] state) {
    return PathRankerCodec.decode((PathRanker) start(context), state);
  }
}
