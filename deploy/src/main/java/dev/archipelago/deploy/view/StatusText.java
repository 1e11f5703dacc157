package dev.archipelago.deploy.view;

import dev.archipelago.deploy.client.ArmBest;
import dev.archipelago.deploy.client.ArmDocument;
import dev.archipelago.deploy.client.BudgetDocument;
import dev.archipelago.deploy.client.StatusDocument;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a search stands, as a page. */
public final class StatusText {
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
    facts.row("budget", budget(status.budget()));
    List<String> lines = new ArrayList<>(facts.lines());
    if (!status.armsOrNone().isEmpty()) {
      lines.add("");
      lines.addAll(arms(status.armsOrNone()).lines());
    }
    if (status.sentence() != null) {
      lines.add("");
      lines.addAll(Summary.wrap(status.sentence(), 96));
    }
    return lines;
  }

  /** Trials of an arm in the present phase; 0 where that is not fixed. */
  static int budgetOfPhase(StatusDocument status) {
    BudgetDocument budget = status.budget();
    return budget == null || !"search".equals(status.phase()) ? 0 : budget.trials();
  }

  private static String phase(StatusDocument status) {
    String phase =
        status.phase() == null || status.state().isOver() ? "" : ", phase " + status.phase();
    return phase + (status.reason() == null ? "" : " (" + status.reason() + ")");
  }

  private static String budget(@Nullable BudgetDocument budget) {
    if (budget == null) {
      return Format.UNKNOWN;
    }
    String trials = Format.plural(budget.trials(), "trial") + " in each arm";
    return budget.seconds() == null
        ? trials
        : trials + ", at most " + Format.duration(budget.seconds());
  }

  private static Table arms(List<ArmDocument> arms) {
    Table table =
        Table.headed(
            "ARM",
            "STRATEGY",
            "PROPOSED",
            "COMPLETED",
            "FAILED",
            "REJECTED",
            "RUNNING",
            "BEST",
            "ACCURACY",
            "TRIAL");
    for (ArmDocument arm : arms) {
      ArmBest best = arm.best();
      table.row(
          arm.arm(),
          arm.strategy(),
          String.valueOf(arm.proposed()),
          String.valueOf(arm.completed()),
          String.valueOf(arm.failed()),
          String.valueOf(arm.rejected()),
          String.valueOf(arm.running()),
          Format.score(best == null ? null : best.reward()),
          Format.score(best == null ? null : best.validationAccuracy()),
          Format.text(best == null ? null : best.trial()));
    }
    return table;
  }
}
