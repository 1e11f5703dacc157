package dev.archipelago.deploy.view;

import dev.archipelago.deploy.client.ArmBest;
import dev.archipelago.deploy.client.ArmDocument;
import dev.archipelago.deploy.client.BudgetDocument;
import dev.archipelago.deploy.client.StatusDocument;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** How a search stands, as a page. */
public final class StatusText {
  private static final String DEVICE_SECONDS = "device-seconds";

  private StatusText() {}

  /**
   * @param state in the words of whoever asks
   */
  public static List<String> lines(StatusDocument status, String state) {
    Table facts = Table.plain();
    facts.row("search", status.id() + " (" + status.name() + ")");
    facts.row("state", state + phase(status));
    facts.row("created", Format.text(status.created()));
    facts.row("running time", Format.duration(status.runningSeconds()));
    facts.row("strategy", Format.text(status.strategy()));
    facts.row("data set", Format.text(status.dataset()));
    facts.row("objective", Format.text(status.objective()));
    facts.row("seed", Format.text(status.seed()));
    facts.row("budget", budget(status));
    if (status.rungsOrNone().size() > 1) {
      facts.row("rungs", String.join(", ", status.rungsOrNone()));
    }
    if (status.simulatedWorkers() != null) {
      facts.row("workers", status.simulatedWorkers() + " simulated, answered by a table");
    }
    ForecastText.left(status).ifPresent(text -> facts.row("forecast", text));
    List<String> lines = new ArrayList<>(facts.lines());
    if (!status.armsOrNone().isEmpty()) {
      lines.add("");
      lines.addAll(arms(status.armsOrNone()).lines());
    }
    for (ArmDocument arm : status.armsOrNone()) {
      for (String remark : arm.remarksOrNone()) {
        lines.add("");
        lines.addAll(Summary.wrap(remark, 96));
      }
    }
    if (status.sentence() != null) {
      lines.add("");
      lines.addAll(Summary.wrap(status.sentence(), 96));
    }
    return lines;
  }

  /** Configurations of an arm in the present phase; 0 where that is not fixed. */
  static int budgetOfPhase(StatusDocument status, ArmDocument arm) {
    BudgetDocument budget = status.budget();
    boolean open = DEVICE_SECONDS.equals(arm.match());
    return budget == null || open || !"search".equals(status.phase()) ? 0 : budget.trials();
  }

  /** Configurations that were begun. */
  static int begun(ArmDocument arm) {
    return arm.trained() == null ? arm.proposed() - arm.rejected() : arm.trained();
  }

  /** Trials that ended on each rung, {@code 1: 9, 3: 3}; empty without a schedule. */
  static String rungs(ArmDocument arm) {
    return arm.rungsOrNone().stream()
        .map(rung -> rung.rung() + ": " + (rung.completed() + rung.failed()))
        .collect(Collectors.joining(", "));
  }

  private static String phase(StatusDocument status) {
    String phase =
        status.phase() == null || status.state().isOver() ? "" : ", phase " + status.phase();
    return phase + (status.reason() == null ? "" : " (" + status.reason() + ")");
  }

  private static String budget(StatusDocument status) {
    BudgetDocument budget = status.budget();
    if (budget == null) {
      return Format.UNKNOWN;
    }
    List<String> matches =
        status.armsOrNone().stream().map(ArmDocument::match).filter(Objects::nonNull).toList();
    String trials = Format.plural(budget.trials(), "trial");
    String baseline =
        matches.isEmpty()
            ? ""
            : matches.contains(DEVICE_SECONDS)
                ? ", the same device time for the baseline"
                : ", as many for the baseline";
    String time = budget.seconds() == null ? "" : ", at most " + Format.duration(budget.seconds());
    String deviceTime =
        budget.deviceSeconds() == null
            ? ""
            : ", at most " + Format.duration(budget.deviceSeconds()) + " of device time each";
    return trials + baseline + time + deviceTime;
  }

  private static Table arms(List<ArmDocument> arms) {
    List<String> titles =
        new ArrayList<>(
            List.of(
                "ARM",
                "STRATEGY",
                "PROPOSED",
                "COMPLETED",
                "FAILED",
                "REJECTED",
                "RUNNING",
                "DEVICE TIME",
                "BEST",
                "ACCURACY",
                "TRIAL"));
    boolean scheduled = arms.stream().anyMatch(arm -> !arm.rungsOrNone().isEmpty());
    if (scheduled) {
      titles.add("ENDED ON RUNG");
    }
    Table table = Table.headed(titles.toArray(new String[0]));
    for (ArmDocument arm : arms) {
      ArmBest best = arm.best();
      String[] cells = {
        arm.arm(),
        arm.strategy(),
        String.valueOf(arm.proposed()),
        String.valueOf(arm.completed()),
        String.valueOf(arm.failed()),
        String.valueOf(arm.rejected()),
        String.valueOf(arm.running()),
        Format.duration(arm.deviceSeconds()),
        Format.reward(best == null ? null : best.reward()),
        Format.score(best == null ? null : best.validationAccuracy()),
        Format.text(best == null ? null : best.trial()),
        rungs(arm)
      };
      table.row(scheduled ? cells : Arrays.copyOf(cells, cells.length - 1));
    }
    return table;
  }
}
