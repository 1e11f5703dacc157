package dev.archipelago.deploy.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.archipelago.controller.tabular.PairedVerdict;
import dev.archipelago.controller.tabular.PowerCurve;
import dev.archipelago.controller.tabular.Summary;
import dev.archipelago.deploy.client.Json;
import dev.archipelago.deploy.view.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a comparison of strategies found, as text and as JSON. Accuracies are fractions here and
 * come out in percent, differences in points, as those of {@code bench tabular} do.
 *
 * @param reference what every other was compared with
 * @param mean of the reference
 */
record CompareReport(
    int runs,
    double seconds,
    String metric,
    long seed,
    String reference,
    Summary mean,
    List<Row> rows) {

  /**
   * A strategy against the reference.
   *
   * @param power empty where it was not asked for
   */
  record Row(String strategy, Summary mean, PairedVerdict verdict, List<PowerCurve.Point> power) {}

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        text(
            "%,d searches of each strategy, %,.0f simulated seconds each; accuracy: %s",
            runs, seconds, metric));
    lines.add("");
    Table means = Table.headed("STRATEGY", "MEAN %", "SE");
    for (Row row : rows) {
      line(means, row.strategy(), row.mean());
    }
    line(means, reference, mean);
    lines.addAll(means.lines());
    for (Row row : rows) {
      lines.add("");
      lines.add(row.verdict().sentence(row.strategy(), reference));
      if (!row.power().isEmpty()) {
        lines.add("");
        lines.addAll(power(row));
      }
    }
    lines.add("");
    lines.add(
        "This is about this table, this budget and the default settings; each sentence by itself"
            + " errs in one of twenty comparisons of equals.");
    return lines;
  }

  private static void line(Table table, String strategy, Summary mean) {
    table.row(strategy, text("%.3f", 100 * mean.mean()), text("%.3f", 100 * mean.se()));
  }

  private List<String> power(Row row) {
    Table table =
        Table.headed("PAIRS", row.strategy() + " \"BETTER\" %", row.strategy() + " \"WORSE\" %");
    for (PowerCurve.Point point : row.power()) {
      table.row(
          String.valueOf(point.pairs()),
          text("%.1f", 100 * point.better()),
          text("%.1f", 100 * point.worse()));
    }
    return table.lines();
  }

  ObjectNode document() {
    ObjectNode document =
        Json.object()
            .put("runs", runs)
            .put("budgetSeconds", seconds)
            .put("metric", metric)
            .put("seed", seed)
            .put("reference", reference)
            .put("mean", 100 * mean.mean())
            .put("se", 100 * mean.se());
    ArrayNode comparisons = document.putArray("comparisons");
    for (Row row : rows) {
      ObjectNode entry = comparisons.addObject();
      PairedVerdict verdict = row.verdict();
      entry
          .put("strategy", row.strategy())
          .put("mean", 100 * row.mean().mean())
          .put("se", 100 * row.mean().se())
          .put("verdict", verdict.outcome().name().toLowerCase(Locale.ROOT))
          .put("pairs", verdict.pairs())
          .put("difference", 100 * verdict.difference())
          .put("standardError", 100 * verdict.standardError())
          .put("low", 100 * verdict.low())
          .put("high", 100 * verdict.high());
      verdict.pairsNeeded().ifPresent(pairs -> entry.put("pairsNeeded", pairs));
      entry.put("sentence", verdict.sentence(row.strategy(), reference));
      if (!row.power().isEmpty()) {
        ArrayNode points = entry.putArray("power");
        for (PowerCurve.Point point : row.power()) {
          points
              .addObject()
              .put("pairs", point.pairs())
              .put("better", point.better())
              .put("worse", point.worse());
        }
      }
    }
    return document;
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
