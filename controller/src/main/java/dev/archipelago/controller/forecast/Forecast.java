package dev.archipelago.controller.forecast;

import dev.archipelago.controller.forecast.Played.Tally;
import dev.archipelago.controller.spec.SearchSpec;
import dev.archipelago.protocol.random.SplitMix64;
import dev.archipelago.protocol.trial.Stage;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;

/**
 * What a search will cost.
 *
 * <p>It is played some times, each time on another sample with replacement of the measured trials
 * (a bootstrap), so that the ranges hold both how networks differ and how little a few trials tell:
 * the mean over all plays, and the values below and above which a tenth of them lie. Every play
 * begins a trial as soon as the spec's window, its scheduler, its baseline and a worker allow, so
 * that the idle time of windows and of barriers between rungs and stages counts.
 *
 * <p><b>Departs</b> from the search itself: no trial fails or is lost, no score is lent, a strategy
 * never runs out of proposals, networks of the end cost what those of the beginning do. Published
 * networks cost in proportion to their FLOPs. <b>Checked by:</b> {@code ForecastTest}.
 *
 * @param basedOn how many trained trials were measured
 * @param outlooks for each number of workers, ascending
 */
public record Forecast(int basedOn, List<Outlook> outlooks) {
  private static final long CHANCE = 0xF0CA57L;
  private static final int MOST_WORKERS = 4096;

  public Forecast {
    outlooks = List.copyOf(outlooks);
  }

  /**
   * How thoroughly a search is played.
   *
   * @param plays at least 1
   * @param configurations at most so many are played, the rest of a budget costs in proportion
   */
  public record Effort(int plays, int configurations) {
    /** A second or so for usual specs. */
    public static final Effort THOROUGH = new Effort(40, 2_000);

    /** Some milliseconds: good enough beside a search that runs. */
    public static final Effort QUICK = new Effort(10, 200);
  }

  /**
   * @param workers numbers of workers, each at least 1
   */
  public static Forecast of(
      SearchSpec spec, Measured measured, List<Integer> workers, Effort effort) {
    List<Outlook> outlooks = new ArrayList<>();
    for (int some : new TreeSet<>(workers)) {
      Rehearsal rehearsal = new Rehearsal(spec, some, effort.configurations());
      List<Played> plays = new ArrayList<>();
      for (int play = 0; play < effort.plays(); play++) {
        SplitMix64 chance = SplitMix64.of(spec.seed(), CHANCE, play);
        plays.add(rehearsal.play(measured.resampled(chance), chance));
      }
      outlooks.add(outlook(some, plays));
    }
    return new Forecast(measured.trained().size(), outlooks);
  }

  /** 1, 2, 4, ... and the window itself: more workers than that stay idle in stage SEARCH. */
  public static List<Integer> usefulWorkers(SearchSpec spec) {
    int window = Math.min(spec.window(), MOST_WORKERS);
    List<Integer> workers = new ArrayList<>();
    for (int some = 1; some < window; some *= 2) {
      workers.add(some);
    }
    workers.add(window);
    return workers;
  }

  /** For the largest number of workers that is at most this, else for the smallest. */
  public Outlook on(int workers) {
    Outlook found = outlooks.get(0);
    for (Outlook outlook : outlooks) {
      found = outlook.workers() <= workers ? outlook : found;
    }
    return found;
  }

  private static Outlook outlook(int workers, List<Played> plays) {
    Map<Part, Estimate> parts = new EnumMap<>(Part.class);
    for (Part part : plays.get(0).parts().keySet()) {
      parts.put(
          part,
          new Estimate(
              plays.stream().map(p -> p.part(part)).mapToDouble(Tally::trials).average().orElse(0),
              range(plays, play -> play.part(part).deviceSeconds())));
    }
    Map<Stage, StageEstimate> stages = new EnumMap<>(Stage.class);
    for (Stage stage : Stage.values()) {
      stages.put(
          stage,
          new StageEstimate(
              range(plays, play -> play.seconds(stage)),
              range(plays, play -> play.deviceSeconds(stage))));
    }
    List<Double> rungs = new ArrayList<>();
    for (int rung = 0; rung < plays.get(0).rungs().size(); rung++) {
      int number = rung;
      rungs.add(plays.stream().mapToDouble(play -> play.rungs().get(number)).average().orElse(0));
    }
    return new Outlook(
        workers,
        parts,
        stages,
        rungs,
        range(plays, play -> sum(play::seconds)),
        range(plays, play -> sum(play::deviceSeconds)));
  }

  private static double sum(ToDoubleFunction<Stage> of) {
    double sum = 0;
    for (Stage stage : Stage.values()) {
      sum += of.applyAsDouble(stage);
    }
    return sum;
  }

  private static Range range(List<Played> plays, ToDoubleFunction<Played> of) {
    return Range.of(plays.stream().mapToDouble(of).toArray());
  }
}
