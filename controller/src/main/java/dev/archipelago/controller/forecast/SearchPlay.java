package dev.archipelago.controller.forecast;

import dev.archipelago.controller.forecast.Played.Tally;
import dev.archipelago.controller.schedule.ScheduleContext;
import dev.archipelago.controller.schedule.Scheduler;
import dev.archipelago.controller.schedule.Step;
import dev.archipelago.controller.spec.Baselines.Match;
import dev.archipelago.controller.spec.Evaluator;
import dev.archipelago.controller.spec.Rung;
import dev.archipelago.controller.spec.SearchSpec;
import dev.archipelago.controller.spec.SearchSpec.Order;
import dev.archipelago.protocol.random.SplitMix64;
import dev.archipelago.protocol.trial.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.PriorityQueue;

/**
 * Stage SEARCH on a clock of its own: the spec's scheduler, window and baseline as in {@code
 * SearchTurns}, workers that are never lost, and strategies that always have a proposal.
 *
 * <p>A configuration's quality is drawn from 0 to 1 and its reward on every rung, so that a
 * scheduler stops as many as it would of any rewards that agree from rung to rung.
 */
final class SearchPlay {
  private final SearchSpec spec;
  private final Measured measured;
  private final int workers;
  private final SplitMix64 chance;

  /** How many times as many configurations the spec has as are played. */
  private final double scale;

  private final ArmPlay main;
  private final Optional<ArmPlay> baseline;
  private final List<Run> runs = new ArrayList<>();
  private final PriorityQueue<Run> running =
      new PriorityQueue<>(Comparator.comparingDouble(Run::end).thenComparingInt(Run::number));
  private int told;
  private double now;

  private static final class Run {
    final int number;
    final ArmPlay arm;
    final int configuration;
    final int rung;
    final double seconds;
    final double end;
    boolean over;

    Run(int number, ArmPlay arm, int configuration, int rung, double seconds, double end) {
      this.number = number;
      this.arm = arm;
      this.configuration = configuration;
      this.rung = rung;
      this.seconds = seconds;
      this.end = end;
    }

    int number() {
      return number;
    }

    double end() {
      return end;
    }
  }

  /** One configuration: what it costs and how good it is. */
  private record Candidate(Cost cost, double quality) {}

  private static final class ArmPlay {
    Scheduler scheduler;
    final List<Candidate> candidates = new ArrayList<>();
    final double[] rungs;
    Tally all = Tally.NONE;
    Tally known = Tally.NONE;

    ArmPlay(Scheduler scheduler, int rungs) {
      this.scheduler = scheduler;
      this.rungs = new double[rungs];
    }

    /**
     * As {@code Spending}: what is not told yet counts as the mean of what is, of the other arm's
     * as long as nothing is.
     */
    double spent(Optional<ArmPlay> other) {
      Tally told = known.trials() > 0 ? known : other.map(arm -> arm.known).orElse(Tally.NONE);
      double mean = told.trials() == 0 ? 0 : told.deviceSeconds() / told.trials();
      return known.deviceSeconds() + mean * untold();
    }

    double untold() {
      return all.trials() - known.trials();
    }
  }

  /** What an arm would do. */
  private enum Answer {
    GO,
    BLOCKED,
    DONE
  }

  SearchPlay(SearchSpec spec, Measured measured, int workers, int most, SplitMix64 chance) {
    this.spec = spec;
    this.measured = measured;
    this.workers = workers;
    this.chance = chance;
    int trials = spec.budget().trials();
    int played = Math.min(trials, most);
    this.scale = (double) trials / played;
    this.main = arm(played, played);
    Optional<Match> match = spec.baselines().random();
    this.baseline = match.map(m -> arm(m.most(played), played));
  }

  private ArmPlay arm(int configurations, int bracket) {
    int rungs = spec.schedule().rungs().size();
    ScheduleContext context = new ScheduleContext(configurations, rungs, bracket);
    return new ArmPlay(spec.schedule().kind().start(context), rungs);
  }

  Played play() {
    while (true) {
      while (running.size() < workers && begin()) {}
      Run ended = running.poll();
      if (ended == null) {
        break;
      }
      now = ended.end;
      ended.over = true;
      if (spec.order() == Order.ARRIVAL) {
        tell(ended);
      }
    }
    Map<Part, Tally> parts = new EnumMap<>(Part.class);
    parts.put(Part.SEARCH, main.all.times(scale));
    baseline.ifPresent(arm -> parts.put(Part.BASELINE, arm.all.times(scale)));
    List<Double> rungs = Arrays.stream(main.rungs).map(count -> count * scale).boxed().toList();
    return new Played(parts, Map.of(Stage.SEARCH, now * scale), rungs);
  }

  /** Begins one more trial; false where there is none to begin now. */
  private boolean begin() {
    if (isBeyond(spec.budget().time(), now)) {
      return false;
    }
    if (spec.order() == Order.ARRIVAL) {
      return running.size() < spec.window() && decide() == Answer.GO;
    }
    int due = Math.max(told, runs.size() - spec.window() + 1);
    while (told < due) {
      if (!tellNext()) {
        return false;
      }
    }
    Answer answer = decide();
    while (answer == Answer.BLOCKED && tellNext()) {
      answer = decide();
    }
    return answer == Answer.GO;
  }

  private boolean isBeyond(Optional<Duration> limit, double seconds) {
    return limit.isPresent() && seconds * scale >= limit.get().toNanos() * 1e-9;
  }

  /** Tells the next trial in order; false where it is not over, or there is none. */
  private boolean tellNext() {
    if (told >= runs.size() || !runs.get(told).over) {
      return false;
    }
    tell(runs.get(told));
    told++;
    return true;
  }

  private void tell(Run run) {
    ArmPlay arm = run.arm;
    double reward = arm.candidates.get(run.configuration).quality();
    arm.scheduler = arm.scheduler.tell(run.configuration, run.rung, OptionalDouble.of(reward));
    arm.known = arm.known.plus(run.seconds);
  }

  private double spent(ArmPlay arm) {
    return arm.spent(arm == main ? baseline : Optional.of(main));
  }

  private Answer decide() {
    if (baseline.isEmpty()) {
      return act(main);
    }
    ArmPlay other = baseline.get();
    if (spec.baselines().random().filter(Match.TRIALS::equals).isPresent()) {
      boolean mainFirst = main.candidates.size() <= other.candidates.size();
      return either(mainFirst ? main : other, mainFirst ? other : main);
    }
    int compared = Double.compare(spent(other), spent(main));
    boolean behind =
        compared < 0 || (compared == 0 && other.candidates.size() < main.candidates.size());
    if (!behind) {
      boolean waits = look(main) == Answer.DONE && main.untold() + other.untold() > 0;
      return waits ? Answer.BLOCKED : act(main);
    }
    return either(other, main);
  }

  /** The first if it can go on, else the second. */
  private Answer either(ArmPlay first, ArmPlay second) {
    Answer answer = act(first);
    if (answer == Answer.GO) {
      return answer;
    }
    Answer next = act(second);
    return next == Answer.GO || answer == Answer.DONE ? next : Answer.BLOCKED;
  }

  private Answer look(ArmPlay arm) {
    Step step = arm.scheduler.next();
    Optional<Duration> limit = spec.budget().deviceTime();
    if (isBeyond(limit, arm.known.deviceSeconds()) || step instanceof Step.Done) {
      return Answer.DONE;
    }
    if (isBeyond(limit, spent(arm))) {
      return Answer.BLOCKED;
    }
    return step instanceof Step.Wait ? Answer.BLOCKED : Answer.GO;
  }

  /** As {@link #look}, and where the arm can go on, it does. */
  private Answer act(ArmPlay arm) {
    Answer answer = look(arm);
    if (answer == Answer.GO) {
      Step step = arm.scheduler.next();
      if (step instanceof Step.Promote promote) {
        begin(arm, promote.configuration(), promote.rung(), trainedBefore(promote.rung()));
      } else {
        arm.candidates.add(new Candidate(measured.cost(chance), chance.nextDouble()));
        begin(arm, arm.candidates.size() - 1, ((Step.Start) step).rung(), 0);
      }
    }
    return answer;
  }

  private void begin(ArmPlay arm, int configuration, int rung, int before) {
    Cost cost = arm.candidates.get(configuration).cost();
    double seconds =
        spec.schedule().rung(rung) instanceof Rung.ZeroCost
            ? measured.proxySeconds(cost, chance)
            : cost.seconds(epochs(rung) - before);
    arm.scheduler = arm.scheduler.began(configuration, rung);
    arm.rungs[rung]++;
    arm.all = arm.all.plus(seconds);
    Run run = new Run(runs.size(), arm, configuration, rung, seconds, now + seconds);
    runs.add(run);
    running.add(run);
  }

  /** Epochs that a promoted trial goes on from; a table's trainings all began from scratch. */
  private int trainedBefore(int rung) {
    return spec.evaluator() instanceof Evaluator.Table ? 0 : epochs(rung - 1);
  }

  /** Epochs trained at the end of a rung; 0 for a proxy. */
  private int epochs(int rung) {
    return spec.schedule().rung(rung) instanceof Rung.Epochs epochs ? epochs.count() : 0;
  }
}
