package dev.archipelago.deploy.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.archipelago.controller.tabular.BenchResult;
import dev.archipelago.controller.tabular.CurvePoint;
import dev.archipelago.controller.tabular.Protocol;
import dev.archipelago.controller.tabular.RaceResult;
import dev.archipelago.controller.tabular.Summary;
import dev.archipelago.controller.tabular.TabularBench;
import dev.archipelago.controller.tabular.TestSet;
import dev.archipelago.deploy.client.Json;
import dev.archipelago.deploy.view.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * What a simulation on the table gave, in percent, as JSON, as text and as CSV.
 *
 * @param asked the part of the document that says what was run
 */
record TabularReport(ObjectNode asked, String title, BenchResult result) {

  static TabularReport of(Protocol protocol, long seed, BenchResult result) {
    String title =
        text(
            "%s, %,d runs of %,.0f simulated seconds, %,d at a time%s",
            protocol.strategy().kind(),
            result.runs(),
            protocol.seconds(),
            protocol.workers(),
            schedule(protocol));
    return new TabularReport(asked(protocol, seed, result.runs()), title, result);
  }

  /** Of a row without a search. */
  static TabularReport of(String strategy, long seed, BenchResult result) {
    ObjectNode asked =
        Json.object().put("strategy", strategy).put("runs", result.runs()).put("seed", seed);
    return new TabularReport(asked, strategy + ", nothing evaluated", result);
  }

  private static String schedule(Protocol protocol) {
    List<Integer> rungs = protocol.fidelity().rungs();
    return rungs.size() == 1
        ? text(", %d epochs", rungs.get(0))
        : ", " + protocol.scheduler().kind() + " on rungs of " + rungs + " epochs";
  }

  private static ObjectNode asked(Protocol protocol, long seed, int runs) {
    ObjectNode asked =
        Json.object()
            .put("strategy", protocol.strategy().kind())
            .put("runs", runs)
            .put("seed", seed);
    asked.set("settings", Json.tree(protocol.strategy().settings()));
    asked.put("schedule", protocol.scheduler().kind());
    asked.set("scheduleSettings", Json.tree(protocol.scheduler().settings()));
    asked.set("rungs", Json.tree(protocol.fidelity().rungs()));
    asked.put("continued", protocol.fidelity().continued());
    asked.put("budgetSeconds", protocol.seconds()).put("workers", protocol.workers());
    protocol.window().ifPresent(window -> asked.put("window", window));
    return asked;
  }

  // --- Runs

  ObjectNode document(double wallSeconds) {
    ObjectNode document = asked.deepCopy();
    document.set("bestValidation", percent(result.bestValidation()));
    ObjectNode tests = document.putObject("test");
    for (TestSet set : TestSet.values()) {
      tests.set(set.key(), percent(test(set)));
    }
    document
        .put("evaluations", result.evaluations().mean())
        .put("configurations", result.configurations().mean())
        .put("simulatedSeconds", result.seconds().mean())
        .put("wallSeconds", wallSeconds);
    ArrayNode points = document.putArray("curve");
    for (CurvePoint point : result.curve()) {
      ObjectNode one = points.addObject().put("seconds", point.seconds());
      one.put("bestValidation", 100 * point.bestValidation());
      ObjectNode regret = one.putObject("testRegret");
      for (TestSet set : TestSet.values()) {
        regret.put(set.key(), regret(point, set));
      }
    }
    return document;
  }

  List<String> lines(double wallSeconds) {
    Table table = Table.headed("PERCENT", "MEAN", "SD", "SE");
    row(table, "best validation", result.bestValidation());
    for (TestSet set : TestSet.values()) {
      row(table, "test " + set.key(), test(set));
    }
    List<String> lines = new ArrayList<>(List.of(title, ""));
    lines.addAll(table.lines());
    lines.add("");
    lines.add(
        text(
            "%.1f evaluations of %.1f configurations a run; all runs took %.1f s",
            result.evaluations().mean(), result.configurations().mean(), wallSeconds));
    return lines;
  }

  /** One line a time: seconds, best validation, regret on every test set. */
  List<String> curve() {
    List<String> header = new ArrayList<>(List.of("seconds", "best_validation"));
    for (TestSet set : TestSet.values()) {
      header.add("test_regret_" + set.key());
    }
    List<String> lines = new ArrayList<>(List.of(String.join(",", header)));
    for (CurvePoint point : result.curve()) {
      StringBuilder line =
          new StringBuilder(text("%.1f,%.4f", point.seconds(), 100 * point.bestValidation()));
      for (TestSet set : TestSet.values()) {
        line.append(text(",%.4f", regret(point, set)));
      }
      lines.add(line.toString());
    }
    return lines;
  }

  private Summary test(TestSet set) {
    return Objects.requireNonNull(result.tests().get(set));
  }

  private static double regret(CurvePoint point, TestSet set) {
    return 100 * Objects.requireNonNull(point.testRegret().get(set));
  }

  private static ObjectNode percent(Summary summary) {
    return Json.object()
        .put("mean", 100 * summary.mean())
        .put("sd", 100 * summary.sd())
        .put("se", 100 * summary.se());
  }

  private static void row(Table table, String name, Summary summary) {
    table.row(
        name,
        text("%.2f", 100 * summary.mean()),
        text("%.2f", 100 * summary.sd()),
        text("%.3f", 100 * summary.se()));
  }

  // --- Races

  static ObjectNode race(Protocol protocol, long seed, RaceResult result) {
    ObjectNode document = asked(protocol, seed, result.runs());
    document.remove("budgetSeconds"); // the other's time is the measure
    ObjectNode race = document.putObject("race").put("configurations", result.configurations());
    ObjectNode ratio = race.putObject("ratio");
    Map<String, Double> quartiles =
        Map.of("q25", result.q25(), "median", result.median(), "q75", result.q75());
    for (String name : List.of("q25", "median", "q75")) {
      double value = Objects.requireNonNull(quartiles.get(name));
      if (Double.isFinite(value)) {
        ratio.put(name, value);
      } else {
        ratio.putNull(name);
      }
    }
    race.put("reached", result.reached());
    return document;
  }

  static List<String> raceLines(Protocol protocol, RaceResult result) {
    return List.of(
        text(
            "%s with %s against %,d full evaluations without it, %,d runs:",
            protocol.strategy().kind(),
            protocol.scheduler().kind(),
            result.configurations(),
            result.runs()),
        "as good after " + ratio(result.median()) + " of their time (median),",
        "quartiles " + ratio(result.q25()) + " and " + ratio(result.q75()) + ";",
        text(
            "%.1f %% of the runs get there within %.0f times their time",
            100 * result.reached(), TabularBench.PATIENCE));
  }

  private static String ratio(double value) {
    return Double.isFinite(value) ? text("%.3f", value) : "more than any";
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
