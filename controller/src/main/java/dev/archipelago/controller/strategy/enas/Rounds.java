package dev.archipelago.controller.strategy.enas;

import dev.archipelago.controller.settings.Settings;
import dev.archipelago.controller.strategy.shared.Timetable;
import dev.archipelago.protocol.trial.Round.Scoring;
import java.util.Map;
import java.util.Optional;

/**
 * How large rounds are, and how many a budget holds: first rounds of training alone, then training
 * and scoring take turns, {@code parts} proposals each, and the last proposals score the
 * candidates. A budget of T proposals holds R = (T - parts) / parts rounds, rounded down, of which
 * W = R x {@code warmUp}, rounded down, begin and (R - W) / 2, rounded down, are turns; candidates
 * are divided among what is left.
 *
 * @param warmUp share of the rounds, at the beginning, that train along uniform paths while the
 *     policy rests; 0 to 0.9
 * @param parts proposals into which each round is divided, 1 to 64
 * @param steps of training per round, over all parts; 1 to 10,000
 * @param paths scored per round, over all parts; 1 to 10,000
 * @param scoreBatches held-out batches on which they are scored, 1 to 1000
 * @param candidates networks scored at the end, 2 to 10,000
 * @param uniform how many of them are drawn at random instead of from the policy, 0 to 5,000
 * @param recalibration training batches by which batch norms are measured anew for each candidate,
 *     0 to 1000
 */
record Rounds(
    double warmUp,
    int parts,
    int steps,
    int paths,
    int scoreBatches,
    int candidates,
    int uniform,
    int recalibration) {

  static Rounds read(Settings settings) {
    return new Rounds(
        settings.number("warm-up", 0.25, 0, 0.9),
        settings.integer("parts", 1, 1, 64),
        settings.integer("steps", 100, 1, 10_000),
        settings.integer("paths", 50, 1, 10_000),
        settings.integer("score-batches", 1, 1, 1000),
        settings.integer("candidates", 50, 2, 10_000),
        settings.integer("uniform", 10, 0, 5_000),
        settings.integer("recalibration", 5, 0, 1000));
  }

  void put(Map<String, Object> settings) {
    settings.put("warm-up", warmUp);
    settings.put("parts", parts);
    settings.put("steps", steps);
    settings.put("paths", paths);
    settings.put("score-batches", scoreBatches);
    settings.put("candidates", candidates);
    settings.put("uniform", uniform);
    settings.put("recalibration", recalibration);
  }

  /** Rounds of training before the first turn; they leave room for one. */
  int warmUp(int trials) {
    int rounds = (trials - parts) / parts;
    return Math.min((int) (warmUp * rounds), rounds - 2);
  }

  /** How often training and scoring take turns. */
  int turns(int trials) {
    return ((trials - parts) / parts - warmUp(trials)) / 2;
  }

  private int phasesBeforeLast(int trials) {
    return warmUp(trials) + 2 * turns(trials);
  }

  /**
   * The warm-up, then training, scoring, training, ..., and the candidates.
   *
   * @throws IllegalArgumentException as {@link #obstacle}
   */
  Timetable timetable(int trials) {
    obstacle(trials)
        .ifPresent(
            message -> {
              throw new IllegalArgumentException(message);
            });
    return new Timetable(trials, parts, phasesBeforeLast(trials) + 1);
  }

  /** Why they do not go together with a budget; empty where they do. */
  Optional<String> obstacle(int trials) {
    if (trials < 3 * parts) {
      return Optional.of(
          "budget.trials must be at least %d, three rounds in %d part%s: training, scoring, and the candidates' scores; got %d"
              .formatted(3 * parts, parts, parts == 1 ? "" : "s", trials));
    }
    int last = trials - parts * phasesBeforeLast(trials);
    if (steps < parts || paths < parts) {
      return Optional.of("strategy.steps and strategy.paths must be at least strategy.parts");
    } else if (candidates < last) {
      return Optional.of(
          "strategy.candidates must be at least %d, one for each of the last proposals"
              .formatted(last));
    } else if (uniform >= candidates) {
      return Optional.of("strategy.uniform must be less than strategy.candidates");
    }
    return Optional.empty();
  }

  /** Steps of the longest part of a round. */
  int longestPart() {
    return (steps + parts - 1) / parts;
  }

  /** The same batches for all paths of a round, others in the next; each normalised by its own. */
  Scoring scoring(int turn) {
    return new Scoring(scoreBatches, turn * scoreBatches, 0);
  }

  /** All held-out examples. */
  Scoring lastScoring() {
    return new Scoring(0, 0, recalibration);
  }

  /** Paths of the largest proposal. */
  int mostPaths() {
    return (Math.max(steps, Math.max(paths, candidates)) + parts - 1) / parts;
  }
}
