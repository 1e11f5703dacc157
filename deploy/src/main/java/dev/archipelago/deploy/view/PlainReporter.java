package dev.archipelago.deploy.view;

import dev.archipelago.deploy.client.ArmDocument;
import dev.archipelago.deploy.client.StatusDocument;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A line for every trial that ends and every change of state, for logs and pipes. */
public final class PlainReporter implements Reporter {
  private final PrintWriter out;
  private String last = "";

  public PlainReporter(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void show(Progress progress) {
    StatusDocument status = progress.status();
    String time = "[" + Format.duration(status.runningSeconds()) + "] ";
    progress
        .finished()
        .forEach(trial -> out.println(time + TrialLine.of(trial, status.rungsOrNone())));
    if (!progress.finished().isEmpty()) {
      String left = ForecastText.left(progress).map(text -> "; " + text).orElse("");
      out.println(time + "done: " + counts(status.armsOrNone(), status) + left);
    }
    String now =
        status.state().name().toLowerCase(Locale.ROOT)
            + (status.phase() == null || status.state().isOver() ? "" : ": " + status.phase())
            + (status.reason() == null ? "" : " (" + status.reason() + ")");
    if (!now.equals(last)) {
      out.println(time + now);
      last = now;
    }
    out.flush();
  }

  private static String counts(List<ArmDocument> arms, StatusDocument status) {
    return arms.stream().map(arm -> counts(arm, status)).collect(Collectors.joining("; "));
  }

  private static String counts(ArmDocument arm, StatusDocument status) {
    int budget = StatusText.budgetOfPhase(status, arm);
    String rungs = StatusText.rungs(arm);
    return "%s %d%s%s%s%s"
        .formatted(
            arm.arm(),
            rungs.isEmpty() ? arm.completed() : StatusText.begun(arm),
            budget == 0 ? "" : "/" + budget,
            rungs.isEmpty() ? "" : " configurations (" + rungs + ")",
            arm.failed() == 0 ? "" : " and " + arm.failed() + " failed",
            arm.best() == null ? "" : ", best " + Format.reward(arm.best().reward()));
  }

  @Override
  public void notice(String text) {
    out.println(text);
    out.flush();
  }

  @Override
  public void close() {
    out.flush();
  }
}
