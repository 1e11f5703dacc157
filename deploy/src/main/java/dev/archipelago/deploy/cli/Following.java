package dev.archipelago.deploy.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.archipelago.deploy.client.Answer;
import dev.archipelago.deploy.client.ApiClient;
import dev.archipelago.deploy.client.ApiException;
import dev.archipelago.deploy.client.BestDocument;
import dev.archipelago.deploy.client.Json;
import dev.archipelago.deploy.client.SearchState;
import dev.archipelago.deploy.client.StatusDocument;
import dev.archipelago.deploy.exit.ExitCode;
import dev.archipelago.deploy.view.Ending;
import dev.archipelago.deploy.view.Follower;
import dev.archipelago.deploy.view.Hints;
import dev.archipelago.deploy.view.Reporter;
import dev.archipelago.deploy.view.Summary;
import dev.archipelago.deploy.view.Ticker;
import java.time.Duration;

/**
 * Follows a search to its end and says what it found.
 *
 * @param patience how long its controller may be silent
 */
record Following(
    ApiClient client, Host host, Console console, Hints hints, boolean json, Duration patience) {

  /** Looks twice a second: a view that lags behind its workers seems stuck. */
  private static final Duration INTERVAL = Duration.ofMillis(500);

  Ending follow(String search, Reporter reporter) {
    Interrupts interrupts = host.interrupts();
    Ticker ticker =
        new Ticker() {
          @Override
          public boolean next() {
            return !interrupts.await(INTERVAL);
          }

          @Override
          public long nanos() {
            return System.nanoTime();
          }
        };
    return new Follower(client, search, reporter, ticker, patience).follow();
  }

  /** Says how a search that is over has ended. */
  ExitCode conclude(StatusDocument status) {
    if (status.state() != SearchState.COMPLETED) {
      return unfinished(status, Wording.state(status.state(), false));
    }
    Answer<BestDocument> best;
    try {
      best = client.best(status.id());
    } catch (ApiException e) {
      return unfinished(status, "completed without a winner: " + e.getMessage());
    }
    if (json) {
      console.print(best.json());
    } else {
      console.print(Summary.lines(best.value(), hints));
    }
    return ExitCode.OK;
  }

  private ExitCode unfinished(StatusDocument status, String how) {
    if (json) {
      ObjectNode document = Json.object().put("search", status.id());
      document.put("state", status.state().name());
      if (status.reason() != null) {
        document.put("reason", status.reason());
      }
      if (status.trials() != null) {
        document.set("trials", Json.tree(status.trials()));
      }
      console.print(document);
    }
    String reason = status.reason() == null ? "" : ": " + status.reason();
    console.say("search " + status.id() + " is " + how + reason);
    console.say("its trials: " + hints.command("trials " + status.id()));
    return ExitCode.FAILED;
  }
}
