package dev.archipelago.controller.search;

import akka.actor.typed.ActorRef;
import dev.archipelago.controller.search.Fact.LossCause;
import dev.archipelago.controller.search.SearchCommand.Answer;
import dev.archipelago.protocol.trial.SearchId;
import dev.archipelago.protocol.trial.Stage;
import dev.archipelago.protocol.trial.TrialId;
import dev.archipelago.protocol.trial.WorkerId;
import dev.archipelago.protocol.wire.ToController.Attempt;
import dev.archipelago.protocol.wire.ToWorker;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What a command leads to: facts, and replies that leave when the facts are in the journal. What
 * comes next is {@link Planner}'s to say, what news means {@link Rulings}'.
 */
final class Decisions {
  private final SearchId id;
  private final SearchEntity.Surroundings around;
  private final LeaseClock leases;
  private final PoolLine pool;
  private final Consumer<SearchCommand.Ask> questions;

  /**
   * Of one search.
   *
   * @param questions answers a question from what is in the journal
   */
  Decisions(
      SearchId id,
      SearchEntity.Surroundings around,
      LeaseClock leases,
      PoolLine pool,
      Consumer<SearchCommand.Ask> questions) {
    this.id = id;
    this.around = around;
    this.leases = leases;
    this.pool = pool;
    this.questions = questions;
  }

  void decide(Step step, SearchCommand command) {
    if (command instanceof SearchCommand.Start start) {
      start(step, start);
    } else if (command instanceof SearchCommand.Ask ask) {
      step.reply(() -> questions.accept(ask));
    } else if (command instanceof SearchCommand.Wake wake) {
      wake(step, wake);
    } else if (!step.isOfASearch()) {
      refuse(step, command);
    } else if (command instanceof SearchCommand.RequestLease request) {
      step.settle();
      lease(step, request);
    } else if (command instanceof SearchCommand.Reported reported) {
      report(step, reported);
    } else if (command instanceof SearchCommand.RenewLeases renew) {
      renew(step, renew);
    } else if (command instanceof SearchCommand.Crashed crashed) {
      crash(step, crashed);
    } else if (command instanceof SearchCommand.WorkerGone gone) {
      gone(step, gone);
    } else if (command instanceof SearchEntity.LeaseEnded ended) {
      step.add(Rulings.lost(step.state(), ended.number(), ended.attempt(), ended.cause()));
    } else if (command instanceof SearchCommand.Control control) {
      control(step, control);
    } else {
      throw new AssertionError("no such command: " + command);
    }
    step.settle();
  }

  private void start(Step step, SearchCommand.Start start) {
    if (!step.isOfASearch()) { // else told again, after a write that seemed to fail
      step.add(
          new Fact.Started(
              start.id(), start.name(), start.spec(), start.task(), around.clock().instant()));
    }
    replyStatus(step, start.replyTo());
  }

  private void wake(Step step, SearchCommand.Wake wake) {
    pool.connect(wake.pool());
    if (!step.isOfASearch()) {
      around.registry().forget(id); // registered by a controller that died before it began
      pool.offerNothing();
      return;
    }
    step.reply(() -> pool.offer(step.state()));
    if (step.state().status() != SearchStatus.RUNNING) {
      around.register(step.state()); // the table is why it was woken: it missed the end
    }
  }

  /** Nothing has begun here: say so to whoever waits for an answer. */
  private void refuse(Step step, SearchCommand command) {
    if (command instanceof SearchCommand.RequestLease request) {
      request.replyTo().tell(new SearchNews.NoWork(id, request.worker(), "has not started"));
    } else if (command instanceof SearchCommand.Reported reported) {
      reported.replyTo().tell(new ToWorker.Acknowledged(attempt(reported)));
    } else if (command instanceof SearchCommand.Crashed crashed) {
      crashed.replyTo().tell(new ToWorker.Acknowledged(crashed.attempt()));
    } else if (command instanceof SearchCommand.Control control) {
      replyStatus(step, control.replyTo());
    }
  }

  private void lease(Step step, SearchCommand.RequestLease request) {
    while (true) {
      Planner.Work work =
          Planner.work(step.state(), request.worker(), request.capabilities(), step.running());
      if (work instanceof Planner.Work.Reject reject) {
        step.add(reject.fact());
        step.settle();
        if (step.isFull()) {
          step.postpone(request);
          return;
        }
      } else if (work instanceof Planner.Work.Lease lease) {
        grant(step, request, lease);
        return;
      } else if (work instanceof Planner.Work.Idle idle) {
        step.reply(
            () -> request.replyTo().tell(new SearchNews.NoWork(id, request.worker(), idle.why())));
        return;
      } else if (work instanceof Planner.Work.Unfit unfit) {
        step.reply(
            () -> request.replyTo().tell(new SearchNews.Unfit(id, request.worker(), unfit.why())));
        return;
      }
    }
  }

  private static void grant(
      Step step, SearchCommand.RequestLease request, Planner.Work.Lease lease) {
    step.add(lease.fact());
    Search after = step.state();
    Trial trial = after.trial(lease.number());
    if (trial.stage() == Stage.FINAL) {
      step.add(new Fact.TestRead(trial.number(), trial.attempt()));
    }
    step.reply(
        () ->
            request
                .replyTo()
                .tell(new SearchNews.Granted(request.worker(), Assignments.of(after, trial))));
  }

  private void report(Step step, SearchCommand.Reported reported) {
    Search before = step.state();
    step.add(Rulings.outcome(before, reported.outcome()));
    cancelOthers(step, before, reported.worker());
    step.reply(() -> reported.replyTo().tell(new ToWorker.Acknowledged(attempt(reported))));
  }

  private void crash(Step step, SearchCommand.Crashed crashed) {
    Search before = step.state();
    Attempt attempt = crashed.attempt();
    step.add(
        Rulings.crashed(before, attempt.trial().number(), attempt.number(), crashed.evidence()));
    cancelOthers(step, before, crashed.worker());
    step.reply(() -> crashed.replyTo().tell(new ToWorker.Acknowledged(attempt)));
  }

  private void renew(Step step, SearchCommand.RenewLeases renew) {
    Search now = step.state();
    pool.connect(renew.pool());
    leases
        .renew(now, renew.worker(), renew.held(), around.nanos().getAsLong())
        .forEach(
            missing ->
                step.add(
                    Rulings.lost(
                        now, missing.trial().number(), missing.number(), LossCause.WORKER_GONE)));
    for (Attempt held : renew.held()) {
      if (!isWanted(now, held)) {
        step.reply(() -> pool.cancel(renew.worker(), held));
      }
    }
  }

  /** Whether the attempt's outcome would still count: any attempt of an open trial may win. */
  private static boolean isWanted(Search search, Attempt attempt) {
    return search
        .find(attempt.trial().number())
        .filter(trial -> !trial.state().isOver() && attempt.number() <= trial.attempt())
        .isPresent();
  }

  private static void gone(Step step, SearchCommand.WorkerGone gone) {
    Search now = step.state();
    now.runningTrials()
        .filter(trial -> trial.lease().orElseThrow().worker().equals(gone.worker()))
        .forEach(
            trial ->
                step.add(
                    Rulings.lost(now, trial.number(), trial.attempt(), LossCause.WORKER_GONE)));
  }

  private void control(Step step, SearchCommand.Control control) {
    Search before = step.state();
    SearchStatus status = before.status();
    Optional<Fact> fact =
        switch (control.action()) {
          case PAUSE ->
              status == SearchStatus.RUNNING ? Optional.of(new Fact.Paused()) : Optional.empty();
          case RESUME ->
              status == SearchStatus.PAUSED ? Optional.of(new Fact.Resumed()) : Optional.empty();
          case CANCEL -> status.isOver() ? Optional.empty() : Optional.of(new Fact.Cancelled());
        };
    if (fact.isPresent()) {
      step.add(fact.get());
      cancelOthers(step, before, new WorkerId("", ""));
    } else if (!isAlready(status, control.action())) {
      String error =
          "search %s is %s: it cannot be %s".formatted(id, lower(status), done(control.action()));
      step.reply(() -> control.replyTo().tell(new Answer(409, Errors.json(error))));
      return;
    }
    replyStatus(step, control.replyTo());
  }

  private static boolean isAlready(SearchStatus status, SearchCommand.Action action) {
    return switch (action) {
      case PAUSE -> status == SearchStatus.PAUSED;
      case RESUME -> status == SearchStatus.RUNNING;
      case CANCEL -> status == SearchStatus.CANCELLED;
    };
  }

  private static String done(SearchCommand.Action action) {
    return switch (action) {
      case PAUSE -> "paused";
      case RESUME -> "resumed";
      case CANCEL -> "cancelled";
    };
  }

  private static String lower(SearchStatus status) {
    return status.name().toLowerCase(Locale.ROOT);
  }

  private void replyStatus(Step step, ActorRef<Answer> replyTo) {
    step.reply(() -> questions.accept(new SearchCommand.Ask(new Question.Status(), replyTo)));
  }

  /** Stops the attempts at trials that are over now, but for the one whose worker just spoke. */
  private void cancelOthers(Step step, Search before, WorkerId speaker) {
    Search after = step.state();
    before
        .runningTrials()
        .filter(trial -> after.trial(trial.number()).state().isOver())
        .filter(trial -> !trial.lease().orElseThrow().worker().equals(speaker))
        .forEach(
            trial ->
                step.reply(
                    () ->
                        pool.cancel(
                            trial.lease().orElseThrow().worker(),
                            new Attempt(new TrialId(id, trial.number()), trial.attempt()))));
  }

  static Attempt attempt(SearchCommand.Reported reported) {
    return new Attempt(reported.outcome().trial(), reported.outcome().attempt());
  }
}
