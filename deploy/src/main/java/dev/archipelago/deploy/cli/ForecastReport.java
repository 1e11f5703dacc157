package dev.archipelago.deploy.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.archipelago.controller.forecast.Cost;
import dev.archipelago.controller.forecast.Estimate;
import dev.archipelago.controller.forecast.Forecast;
import dev.archipelago.controller.forecast.Measured;
import dev.archipelago.controller.forecast.Outlook;
import dev.archipelago.controller.forecast.Part;
import dev.archipelago.controller.forecast.Range;
import dev.archipelago.controller.spec.Evaluator;
import dev.archipelago.controller.spec.SearchSpec;
import dev.archipelago.deploy.client.Json;
import dev.archipelago.deploy.view.Format;
import dev.archipelago.deploy.view.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * A forecast for people and for programs.
 *
 * @param here so many workers a search on this machine would have; the parts are for these
 */
record ForecastReport(
    SearchSpec spec, Source source, Measured measured, Forecast forecast, int here) {

  /** Where the costs are from. */
  enum Source {
    MEASURED,
    TABLE
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(basis());
    lines.add("");
    lines.addAll(parts(forecast.on(here)).lines());
    lines.add("");
    lines.addAll(workers().lines());
    lines.add("");
    lines.addAll(notes());
    return lines;
  }

  private String basis() {
    String epoch = spread(Cost::secondsPerEpoch);
    if (source == Source.TABLE) {
      return String.format(
          Locale.ROOT,
          "The table says of %,d networks: %s an epoch.",
          measured.trained().size(),
          epoch);
    }
    String proxies =
        measured.proxySeconds().isEmpty()
            ? ""
            : String.format(
                Locale.ROOT,
                " A proxy takes %.2f s.",
                measured.proxySeconds().stream().mapToDouble(s -> s).average().orElse(0));
    return "Measured %s: %s an epoch, and %s a trial besides.%s"
        .formatted(
            Format.plural(measured.trained().size(), "trial"),
            epoch,
            spread(Cost::overheadSeconds),
            proxies);
  }

  private String spread(ToDoubleFunction<Cost> of) {
    var statistics = measured.trained().stream().mapToDouble(of).summaryStatistics();
    return String.format(
        Locale.ROOT,
        "%.2f s (%.2f to %.2f)",
        statistics.getAverage(),
        statistics.getMin(),
        statistics.getMax());
  }

  private Table parts(Outlook outlook) {
    Table table = Table.headed("PART", "TRIALS", "DEVICE TIME", "LOW", "HIGH");
    for (Map.Entry<Part, Estimate> part : outlook.parts().entrySet()) {
      row(table, part.getKey().label(), part.getValue().trials(), part.getValue().deviceSeconds());
      if (part.getKey() == Part.SEARCH && outlook.rungs().size() > 1) {
        for (int rung = 0; rung < outlook.rungs().size(); rung++) {
          table.row(
              "  on rung " + spec.schedule().rung(rung).label(),
              Format.decimal(outlook.rungs().get(rung)));
        }
      }
    }
    double trials = outlook.parts().values().stream().mapToDouble(Estimate::trials).sum();
    row(table, "together", trials, outlook.deviceSeconds());
    return table;
  }

  private static void row(Table table, String title, double trials, Range seconds) {
    table.row(
        title,
        Format.decimal(trials),
        Format.duration(seconds.expected()),
        Format.duration(seconds.low()),
        Format.duration(seconds.high()));
  }

  private Table workers() {
    Table table =
        Table.headed(
            source == Source.TABLE ? "SIMULATED WORKERS" : "WORKERS", "TIME", "LOW", "HIGH");
    for (Outlook outlook : forecast.outlooks()) {
      table.row(
          String.valueOf(outlook.workers()),
          Format.duration(outlook.seconds().expected()),
          Format.duration(outlook.seconds().low()),
          Format.duration(outlook.seconds().high()));
    }
    return table;
  }

  /** What a reader has to know to trust the numbers as far as they go. */
  List<String> notes() {
    List<String> notes = new ArrayList<>();
    notes.add(
        "One in ten times it costs less than LOW, one in ten times more than HIGH, as far as "
            + (source == Source.TABLE ? "the table" : "so few measured networks")
            + " can tell.");
    if (source == Source.TABLE) {
      notes.add("This is time on the simulated clock; looking it up takes seconds.");
      return notes;
    }
    notes.add(
        String.format(
            Locale.ROOT,
            "More than %,d workers have nothing to do in stage search (strategy.window).",
            spec.window()));
    if (spec.evaluator() instanceof Evaluator.Engine engine && engine.lending()) {
      notes.add("Networks whose score is lent by one of the same function make it cheaper.");
    }
    if (spec.budget().time().isPresent()) {
      notes.add("budget.time ends the search; what it has trained by then depends on the workers.");
    }
    if (!spec.baselines().references().isEmpty()) {
      notes.add("Published networks are taken to cost in proportion to their FLOPs.");
    }
    return notes;
  }

  ObjectNode json() {
    ObjectNode document = Json.object().put("source", source.name().toLowerCase(Locale.ROOT));
    if (source == Source.MEASURED) {
      ArrayNode trials = document.putArray("measured");
      for (Cost cost : measured.trained()) {
        trials
            .addObject()
            .put("secondsPerEpoch", cost.secondsPerEpoch())
            .put("overheadSeconds", cost.overheadSeconds())
            .put("flops", cost.flops());
      }
      ArrayNode proxies = document.putArray("proxySeconds");
      measured.proxySeconds().forEach(proxies::add);
    }
    ArrayNode workers = document.putArray("workers");
    forecast.outlooks().forEach(outlook -> outlook(workers.addObject(), outlook));
    document.set("notes", Json.tree(notes()));
    return document;
  }

  private void outlook(ObjectNode node, Outlook outlook) {
    node.put("workers", outlook.workers());
    range(node.putObject("seconds"), outlook.seconds());
    range(node.putObject("deviceSeconds"), outlook.deviceSeconds());
    ArrayNode parts = node.putArray("parts");
    outlook
        .parts()
        .forEach(
            (part, estimate) -> {
              ObjectNode document =
                  parts.addObject().put("part", part.label()).put("trials", estimate.trials());
              range(document.putObject("deviceSeconds"), estimate.deviceSeconds());
            });
    ArrayNode rungs = node.putArray("rungs");
    for (int rung = 0; rung < outlook.rungs().size(); rung++) {
      rungs
          .addObject()
          .put("rung", spec.schedule().rung(rung).label())
          .put("trials", outlook.rungs().get(rung));
    }
  }

  private static void range(ObjectNode node, Range range) {
    node.put("low", range.low()).put("expected", range.expected()).put("high", range.high());
  }
}
