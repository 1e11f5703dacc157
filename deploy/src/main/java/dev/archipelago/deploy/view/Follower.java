package dev.archipelago.deploy.view;

import dev.archipelago.deploy.client.ApiClient;
import dev.archipelago.deploy.client.ApiException;
import dev.archipelago.deploy.client.ArmDocument;
import dev.archipelago.deploy.client.StatusDocument;
import dev.archipelago.deploy.client.TrialDocument;
import dev.archipelago.deploy.client.TrialQuery;
import dev.archipelago.deploy.client.UnreachableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Looks at a search again and again until it is over or the user has seen enough. */
public final class Follower {
  private final ApiClient client;
  private final String search;
  private final Reporter reporter;
  private final Ticker ticker;
  private final Duration patience;

  /** Trials below this number have ended and were shown. */
  private int shownBelow;

  private final Set<Integer> shownAbove = new HashSet<>();
  private int doneAtFirst = -1;
  private long firstNanos;
  private boolean silent;

  /**
   * @param patience how long nobody may answer
   */
  public Follower(
      ApiClient client, String search, Reporter reporter, Ticker ticker, Duration patience) {
    this.client = client;
    this.search = search;
    this.reporter = reporter;
    this.ticker = ticker;
    this.patience = patience;
  }

  public Ending follow() {
    long heardNanos = ticker.nanos();
    do {
      try {
        Progress progress = look();
        heardNanos = ticker.nanos();
        if (silent) {
          reporter.notice("the controller answers again");
          silent = false;
        }
        reporter.show(progress);
        if (progress.status().state().isOver()) {
          return new Ending.Over(progress.status());
        }
      } catch (UnreachableException | ApiException e) {
        if (e instanceof ApiException refused && refused.isRefusal()) {
          throw refused;
        }
        if (ticker.nanos() - heardNanos > patience.toNanos()) {
          return new Ending.Lost(String.valueOf(e.getMessage()));
        }
        if (!silent) {
          reporter.notice(e.getMessage() + "; trying again");
          silent = true;
        }
      }
    } while (ticker.next());
    return new Ending.Interrupted();
  }

  private Progress look() {
    StatusDocument status = client.status(search).value();
    List<TrialDocument> finished = finished();
    int done = 0;
    for (ArmDocument arm : status.armsOrNone()) {
      done += arm.completed() + arm.failed();
    }
    if (doneAtFirst < 0) {
      doneAtFirst = done;
      firstNanos = ticker.nanos();
    }
    double minutes = (ticker.nanos() - firstNanos) / 60e9;
    double pace = done > doneAtFirst && minutes > 0 ? (done - doneAtFirst) / minutes : Double.NaN;
    return new Progress(status, client.workers().value().workers(), finished, pace);
  }

  /**
   * Trials that have ended and were not shown; those that had ended at the first look never are.
   */
  private List<TrialDocument> finished() {
    boolean first = doneAtFirst < 0;
    List<TrialDocument> trials =
        client
            .allTrials(search, TrialQuery.all().from(shownBelow), Integer.MAX_VALUE)
            .value()
            .trials();
    List<TrialDocument> fresh = new ArrayList<>();
    for (TrialDocument trial : trials) {
      if (trial.number() >= shownBelow
          && trial.isOver()
          && shownAbove.add(trial.number())
          && !first) {
        fresh.add(trial);
      }
    }
    while (shownAbove.remove(shownBelow)) {
      shownBelow++;
    }
    return fresh;
  }
}
