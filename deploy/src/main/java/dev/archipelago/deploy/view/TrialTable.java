package dev.archipelago.deploy.view;

import dev.archipelago.deploy.client.TrialDocument;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Trials as a table: one row each. Columns that only some searches need are there where one of the
 * trials has something to say in them; CSV and JSON have everything.
 */
public final class TrialTable {
  /** A table with more metrics than this fits no terminal. */
  private static final int MOST_METRICS = 4;

  private TrialTable() {}

  public static List<String> lines(List<TrialDocument> trials) {
    Map<String, Function<TrialDocument, String>> columns = columns(trials);
    Table table = Table.headed(columns.keySet().toArray(new String[0]));
    for (TrialDocument trial : trials) {
      table.row(
          columns.values().stream().map(column -> column.apply(trial)).toArray(String[]::new));
    }
    return table.lines();
  }

  private static Map<String, Function<TrialDocument, String>> columns(List<TrialDocument> trials) {
    Map<String, Function<TrialDocument, String>> columns = new LinkedHashMap<>();
    columns.put("TRIAL", trial -> String.valueOf(trial.number()));
    columns.put("ARM", TrialDocument::arm);
    columns.put("STAGE", TrialDocument::stage);
    columns.put("STATE", TrialTable::state);
    if (trials.stream().map(TrialDocument::rung).distinct().filter(r -> r != null).count() > 1) {
      columns.put("CONFIG", trial -> Format.text(trial.configuration()));
      columns.put("RUNG", trial -> Format.text(trial.rung()));
    }
    optional(columns, trials, "CONTINUES", trial -> Format.text(trial.continues()));
    optional(columns, trials, "LENT BY", trial -> Format.text(trial.lentBy()));
    optional(columns, trials, "INHERITS", trial -> Format.text(trial.inherits()));
    optional(columns, trials, "CUM. EPOCHS", trial -> Format.text(trial.cumulativeEpochs()));
    optional(
        columns,
        trials,
        "ROUND",
        trial -> trial.round() == null ? Format.UNKNOWN : RoundText.of(trial.round()));
    columns.put("REWARD", trial -> Format.reward(trial.reward()));
    columns.put("ACCURACY", trial -> Format.score(trial.validationAccuracy()));
    for (String metric : metrics(trials)) {
      columns.put(metric, trial -> Format.reward(trial.metricsOrNone().get(metric)));
    }
    optional(columns, trials, "LATENCY", trial -> Format.latency(trial.latencyP50Micros()));
    columns.put("PARAMETERS", trial -> Format.count(trial.params()));
    columns.put("FLOPS", trial -> Format.magnitude(trial.flops()));
    columns.put("SECONDS", trial -> Format.decimal(trial.trainSeconds()));
    columns.put("DEVICE SEC", trial -> Format.decimal(trial.deviceSeconds()));
    columns.put("WORKER", trial -> Format.text(trial.worker()));
    columns.put("FINGERPRINT", trial -> Format.text(trial.fingerprint()));
    return columns;
  }

  private static void optional(
      Map<String, Function<TrialDocument, String>> columns,
      List<TrialDocument> trials,
      String title,
      Function<TrialDocument, String> column) {
    if (trials.stream().map(column).anyMatch(cell -> !cell.equals(Format.UNKNOWN))) {
      columns.put(title, column);
    }
  }

  private static List<String> metrics(List<TrialDocument> trials) {
    Set<String> names = new TreeSet<>();
    trials.forEach(trial -> names.addAll(trial.metricsOrNone().keySet()));
    return new ArrayList<>(names).subList(0, Math.min(MOST_METRICS, names.size()));
  }

  private static String state(TrialDocument trial) {
    String failure = trial.failure() == null ? "" : " " + trial.failure().category();
    return trial.state().toLowerCase(Locale.ROOT) + failure;
  }
}
