package dev.archipelago.controller.tabular;

import dev.archipelago.controller.schedule.ScheduleContext;
import dev.archipelago.controller.schedule.Scheduler;
import dev.archipelago.controller.schedule.Step;
import dev.archipelago.controller.strategy.Ask;
import dev.archipelago.controller.strategy.Strategy;
import dev.archipelago.controller.strategy.StrategyContext;
import dev.archipelago.controller.strategy.Told;
import dev.archipelago.protocol.random.SplitMix64;
import dev.archipelago.protocol.space.Architecture;
import dev.archipelago.protocol.space.NasBench201Space;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.PriorityQueue;

/**
 * One search on a table: workers on a simulated clock, a strategy that is told rewards and a
 * scheduler.
 *
 * <p>The strategy is told one reward for each proposal, that of its first rung; the scheduler is
 * told every result when it arrives.
 */
final class Simulation {
  /** As the table's authors trained it. */
  private static final NasBench201Space SPACE = new NasBench201Space(16, 5);

  private static final long POLICY = 1;
  private static final long PROPOSAL = 2;

  private final Columns columns;
  private final Protocol protocol;
  private final long seed;

  private final PriorityQueue<Running> running =
      new PriorityQueue<>(Comparator.comparingDouble(Running::end).thenComparing(Running::order));
  private final List<Proposal> proposals = new ArrayList<>();
  private final List<Incumbent> incumbents = new ArrayList<>();

  private Strategy strategy;
  private Scheduler scheduler;
  private double now;
  private int told;
  private int evaluations;
  private boolean done;

  /** An evaluation that ends at a time; of equal ones the one that began first is told first. */
  private record Running(double end, int order, int configuration, int rung) {}

  private static final class Proposal {
    final Architecture architecture;
    final int cell;
    OptionalDouble reward = OptionalDouble.empty();

    Proposal(Architecture architecture) {
      this.architecture = architecture;
      this.cell = Cells.number(architecture);
    }

    boolean isEvaluated() {
      return reward.isPresent();
    }
  }

  private Simulation(Columns columns, Protocol protocol, long seed) {
    this.columns = columns;
    this.protocol = protocol;
    this.seed = seed;
    this.strategy =
        protocol
            .strategy()
            .start(new StrategyContext(SPACE, protocol.trials(), SplitMix64.derive(seed, POLICY)));
    this.scheduler =
        protocol
            .scheduler()
            .start(
                new ScheduleContext(protocol.configurations(), protocol.fidelity().rungs().size()));
  }

  static Run run(Columns columns, Protocol protocol, long seed) {
    return new Simulation(columns, protocol, seed).run();
  }

  private Run run() {
    while (true) {
      while (running.size() < protocol.workers() && now < protocol.seconds() && begin()) {
        evaluations++;
      }
      Running ended = running.poll();
      if (ended == null) {
        if (now < protocol.seconds() && !done) {
          throw new IllegalStateException("the search waits while nothing is outstanding");
        }
        return new Run(incumbents, evaluations, proposals.size(), now);
      }
      now = ended.end();
      end(ended);
    }
  }

  /** Begins one more evaluation; false where there is none to begin now. */
  private boolean begin() {
    while (true) {
      Step step = scheduler.next();
      if (step instanceof Step.Promote promote) {
        return begin(promote.configuration(), promote.rung(), false);
      } else if (step instanceof Step.Start start) {
        int number = proposals.size();
        if (!isToldUpTo(number)) {
          return false;
        }
        Ask ask = strategy.ask(number, SplitMix64.of(seed, PROPOSAL, number));
        if (ask instanceof Ask.Propose propose) {
          strategy = strategy.proposed(number, propose.architecture());
          proposals.add(new Proposal(propose.architecture()));
          return begin(number, start.rung(), true);
        } else if (ask instanceof Ask.Exhausted) {
          scheduler = scheduler.exhausted();
        } else if (!isNextTold()) {
          return false;
        }
      } else {
        done = step instanceof Step.Done;
        return false;
      }
    }
  }

  private boolean begin(int configuration, int rung, boolean first) {
    scheduler = scheduler.began(configuration, rung);
    double seconds =
        protocol.fidelity().epochs(rung, first)
            * columns.secondsPerEpoch(proposals.get(configuration).cell);
    running.add(new Running(now + seconds, evaluations, configuration, rung));
    return true;
  }

  private void end(Running ended) {
    Proposal proposal = proposals.get(ended.configuration());
    double reward =
        columns.validation(protocol.fidelity().rungs().get(ended.rung()))[proposal.cell];
    Incumbent result = new Incumbent(now, proposal.cell, ended.rung(), reward);
    if (incumbents.isEmpty() || incumbents.get(incumbents.size() - 1).isBeatenBy(result)) {
      incumbents.add(result);
    }
    scheduler = scheduler.tell(ended.configuration(), ended.rung(), OptionalDouble.of(reward));
    if (!proposal.isEvaluated()) {
      proposal.reward = OptionalDouble.of(reward);
      if (protocol.window().isEmpty()) {
        tell(ended.configuration());
      }
    }
  }

  /** Tells what is due before a proposal; false where that is not known yet. */
  private boolean isToldUpTo(int number) {
    if (protocol.window().isPresent()) {
      while (told <= number - protocol.window().getAsInt()) {
        if (!isNextTold()) {
          return false;
        }
      }
    }
    return true;
  }

  /** With a window: tells the next outcome in the order of the proposals, if it is known. */
  private boolean isNextTold() {
    if (protocol.window().isEmpty()
        || told >= proposals.size()
        || !proposals.get(told).isEvaluated()) {
      return false;
    }
    tell(told);
    told++;
    return true;
  }

  private void tell(int number) {
    Proposal proposal = proposals.get(number);
    strategy = strategy.tell(new Told(number, proposal.architecture, proposal.reward));
  }
}
