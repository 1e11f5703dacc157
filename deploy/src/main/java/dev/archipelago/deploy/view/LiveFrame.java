package dev.archipelago.deploy.view;

import dev.archipelago.deploy.client.ArmBest;
import dev.archipelago.deploy.client.ArmDocument;
import dev.archipelago.deploy.client.BudgetDocument;
import dev.archipelago.deploy.client.SearchState;
import dev.archipelago.deploy.client.StatusDocument;
import dev.archipelago.deploy.client.WorkerListing.Worker;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The text of the live view: a pure function of a {@link Progress}. */
final class LiveFrame {
  private static final int BAR = 20;
  private static final int MOST_WORKERS = 12;

  private LiveFrame() {}

  /**
   * @param width of the terminal; longer lines are cut
   */
  static List<String> lines(Progress progress, int width) {
    StatusDocument status = progress.status();
    List<String> lines = new ArrayList<>();
    lines.add(title(status));
    lines.addAll(arms(status).lines());
    lines.add(pace(progress));
    lines.addAll(workers(status, progress.workers()));
    return lines.stream().map(line -> cut(line, width)).toList();
  }

  private static String title(StatusDocument status) {
    String state = status.state().name().toLowerCase(Locale.ROOT);
    String phase =
        status.state() == SearchState.RUNNING && status.phase() != null
            ? ": " + phase(status.phase())
            : "";
    String reason = status.reason() == null ? "" : " (" + status.reason() + ")";
    return "%s  %s  %s%s%s  %s"
        .formatted(
            status.name(),
            status.id(),
            state,
            phase,
            reason,
            Format.duration(status.runningSeconds()));
  }

  private static String phase(String phase) {
    return switch (phase) {
      case "search" -> "searching";
      case "retrain" -> "training the best for longer";
      case "final" -> "training the winner for its test";
      default -> phase;
    };
  }

  private static Table arms(StatusDocument status) {
    Table table = Table.plain();
    for (ArmDocument arm : status.armsOrNone()) {
      int budget = StatusText.budgetOfPhase(status, arm);
      String rungs = StatusText.rungs(arm);
      int done = rungs.isEmpty() ? arm.completed() + arm.failed() : StatusText.begun(arm);
      table.row(
          "  " + arm.arm(),
          arm.strategy(),
          budget == 0 ? "" : bar(done, budget),
          (budget == 0 ? String.valueOf(done) : done + "/" + budget)
              + (rungs.isEmpty() ? "" : " (" + rungs + ")"),
          arm.running() + " running",
          arm.failed() + " failed",
          arm.rejected() == 0 ? "" : arm.rejected() + " over a limit",
          best(arm.best()));
    }
    return table;
  }

  private static String best(@Nullable ArmBest best) {
    return best == null
        ? "no result yet"
        : "best " + Format.reward(best.reward()) + " (trial " + best.trial() + ")";
  }

  static String bar(int done, int of) {
    int filled = (int) Math.min(BAR, (long) BAR * done / of);
    return "[" + "#".repeat(filled) + "-".repeat(BAR - filled) + "]";
  }

  private static String pace(Progress progress) {
    String pace =
        Double.isNaN(progress.trialsPerMinute())
            ? "  no trial has ended yet"
            : String.format(Locale.ROOT, "  %.1f trials/min", progress.trialsPerMinute());
    Optional<String> forecast = ForecastText.left(progress);
    if (forecast.isPresent()) {
      return pace + ", " + forecast.get();
    }
    double left = secondsLeft(progress);
    boolean known = "search".equals(progress.status().phase()) && !Double.isNaN(left);
    return known ? pace + ", about " + Format.duration(left) + " left of the search" : pace;
  }

  /** What is left of phase search at the present pace, or of its time budget where that is less. */
  static double secondsLeft(Progress progress) {
    StatusDocument status = progress.status();
    BudgetDocument budget = status.budget();
    if (budget == null) {
      return Double.NaN;
    }
    int open = 0;
    for (ArmDocument arm : status.armsOrNone()) {
      if (!arm.rungsOrNone().isEmpty() || "device-seconds".equals(arm.match())) {
        return Double.NaN; // its number of trials is not fixed
      }
      open += Math.max(0, budget.trials() - arm.completed() - arm.failed());
    }
    double byTrials = open / progress.trialsPerMinute() * 60;
    double byTime =
        budget.seconds() == null
            ? Double.NaN
            : Math.max(0, budget.seconds() - status.runningSeconds());
    if (Double.isNaN(byTrials) || Double.isNaN(byTime)) {
      return Double.isNaN(byTrials) ? byTime : byTrials;
    }
    return Math.min(byTrials, byTime);
  }

  private static List<String> workers(StatusDocument status, List<Worker> workers) {
    if (status.simulatedWorkers() != null) {
      return List.of(
          "  "
              + Format.plural(status.simulatedWorkers(), "simulated worker")
              + ", on a clock of"
              + " their own");
    }
    if (workers.isEmpty()) {
      return List.of("  no worker has joined yet");
    }
    Table table = Table.plain();
    workers.stream().limit(MOST_WORKERS).forEach(worker -> row(table, status.id(), worker));
    List<String> lines = new ArrayList<>(table.lines());
    if (workers.size() > MOST_WORKERS) {
      lines.add("  and " + (workers.size() - MOST_WORKERS) + " more workers");
    }
    return lines;
  }

  private static void row(Table table, String search, Worker worker) {
    if (worker.trial() == null) {
      String reason = worker.idleReason() == null ? "" : ": " + worker.idleReason();
      table.row("  " + worker.name(), worker.state() + reason);
      return;
    }
    String elsewhere =
        worker.trial().search().equals(search) ? "" : " of " + worker.trial().search();
    String again =
        worker.trial().attempt() > 1 ? " (attempt " + worker.trial().attempt() + ")" : "";
    String epoch =
        worker.epochs() == null || worker.epochs() == 0
            ? ""
            : "epoch " + Format.text(worker.epoch()) + "/" + worker.epochs();
    table.row(
        "  " + worker.name(),
        "trial " + worker.trial().number() + elsewhere + again,
        Format.text(worker.phase()),
        epoch,
        worker.imagesPerSecond() == null || worker.imagesPerSecond() == 0
            ? ""
            : Format.throughput(worker.imagesPerSecond()),
        worker.lossNats() == null
            ? ""
            : String.format(Locale.ROOT, "loss %.3f", worker.lossNats()));
  }

  private static String cut(String line, int width) {
    return line.length() <= width ? line : line.substring(0, Math.max(0, width - 1)) + "~";
  }
}
