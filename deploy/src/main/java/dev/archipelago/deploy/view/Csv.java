package dev.archipelago.deploy.view;

import dev.archipelago.deploy.client.RoundDocument;
import dev.archipelago.deploy.client.TrialDocument;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Trials as CSV (RFC 4180, lines end with a line feed): one row a trial, one column a metric and
 * one a decision. What is not known is empty.
 */
public final class Csv {
  private static final Map<String, Function<TrialDocument, @Nullable Object>> COLUMNS = columns();

  private Csv() {}

  public static List<String> trials(List<TrialDocument> trials) {
    Set<String> decisions = new LinkedHashSet<>();
    Set<String> metrics = new TreeSet<>();
    for (TrialDocument trial : trials) {
      metrics.addAll(trial.metricsOrNone().keySet());
      decisions.addAll(architecture(trial).keySet());
    }
    List<String> lines = new ArrayList<>();
    List<@Nullable Object> header = new ArrayList<>(COLUMNS.keySet());
    boolean rounds = trials.stream().anyMatch(trial -> trial.round() != null);
    Map<String, Function<RoundDocument, @Nullable Object>> ofRounds =
        rounds ? roundColumns() : Map.of();
    ofRounds.keySet().forEach(title -> header.add("round." + title));
    metrics.forEach(metric -> header.add("metric." + metric));
    decisions.forEach(decision -> header.add("architecture." + decision));
    lines.add(line(header));
    for (TrialDocument trial : trials) {
      List<@Nullable Object> row = new ArrayList<>();
      COLUMNS.values().forEach(column -> row.add(column.apply(trial)));
      RoundDocument round = trial.round();
      ofRounds.values().forEach(column -> row.add(round == null ? null : column.apply(round)));
      metrics.forEach(metric -> row.add(trial.metricsOrNone().get(metric)));
      decisions.forEach(decision -> row.add(architecture(trial).get(decision)));
      lines.add(line(row));
    }
    return lines;
  }

  private static Map<String, Function<TrialDocument, @Nullable Object>> columns() {
    Map<String, Function<TrialDocument, @Nullable Object>> columns = new LinkedHashMap<>();
    columns.put("number", TrialDocument::number);
    columns.put("arm", TrialDocument::arm);
    columns.put("stage", TrialDocument::stage);
    columns.put("state", TrialDocument::state);
    columns.put("attempt", TrialDocument::attempt);
    columns.put("worker", TrialDocument::worker);
    columns.put("fingerprint", TrialDocument::fingerprint);
    columns.put("configuration", TrialDocument::configuration);
    columns.put("rung", TrialDocument::rung);
    columns.put("continues", TrialDocument::continues);
    columns.put("lentBy", TrialDocument::lentBy);
    columns.put("inherits", TrialDocument::inherits);
    columns.put("cumulativeEpochs", TrialDocument::cumulativeEpochs);
    columns.put("reward", TrialDocument::reward);
    columns.put("validationAccuracy", TrialDocument::validationAccuracy);
    columns.put("validationLoss", TrialDocument::validationLoss);
    columns.put("latencyP50Micros", TrialDocument::latencyP50Micros);
    columns.put("latencyP95Micros", TrialDocument::latencyP95Micros);
    columns.put("latencyBatch", TrialDocument::latencyBatch);
    columns.put("batchLatencyP50Micros", TrialDocument::batchLatencyP50Micros);
    columns.put("batchLatencyP95Micros", TrialDocument::batchLatencyP95Micros);
    columns.put("params", TrialDocument::params);
    columns.put("flops", TrialDocument::flops);
    columns.put("epochs", TrialDocument::epochs);
    columns.put("trainSeconds", TrialDocument::trainSeconds);
    columns.put("imagesPerSecond", TrialDocument::imagesPerSecond);
    columns.put("peakBytes", TrialDocument::peakBytes);
    columns.put("energyJoules", TrialDocument::energyJoules);
    columns.put("deviceSeconds", TrialDocument::deviceSeconds);
    columns.put("device", TrialDocument::device);
    columns.put("engine", TrialDocument::engine);
    columns.put("failure", trial -> trial.failure() == null ? null : trial.failure().category());
    columns.put(
        "failureMessage", trial -> trial.failure() == null ? null : trial.failure().message());
    return columns;
  }

  /** Of rounds on shared weights. */
  private static Map<String, Function<RoundDocument, @Nullable Object>> roundColumns() {
    Map<String, Function<RoundDocument, @Nullable Object>> columns = new LinkedHashMap<>();
    columns.put("work", RoundDocument::work);
    columns.put("size", RoundDocument::size);
    columns.put("trainLoss", RoundDocument::trainLoss);
    columns.put("alphaLoss", RoundDocument::alphaLoss);
    columns.put("curvature", RoundDocument::curvature);
    columns.put("bestAccuracy", RoundDocument::bestAccuracy);
    columns.put("meanAccuracy", RoundDocument::meanAccuracy);
    return columns;
  }

  private static Map<String, String> architecture(TrialDocument trial) {
    Map<String, String> architecture = trial.architecture();
    return architecture == null ? Map.of() : architecture;
  }

  private static String line(List<@Nullable Object> cells) {
    return cells.stream().map(Csv::quote).collect(Collectors.joining(","));
  }

  private static String quote(@Nullable Object cell) {
    if (cell == null) {
      return "";
    }
    String text = cell.toString();
    boolean needed = text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return needed ? '"' + text.replace("\"", "\"\"") + '"' : text;
  }
}
