package dev.archipelago.controller.view;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.archipelago.controller.search.Search;
import dev.archipelago.controller.search.Trial;
import dev.archipelago.controller.strategy.darts.Darts;
import dev.archipelago.protocol.space.Ragged;
import dev.archipelago.protocol.space.RelaxedSpace;
import dev.archipelago.protocol.space.Row;
import dev.archipelago.protocol.trial.Measurement;
import dev.archipelago.protocol.trial.Round;
import dev.archipelago.protocol.trial.RoundReport;
import dev.archipelago.protocol.trial.Score;
import java.util.List;

/**
 * What a round on shared weights did: losses, the architecture's probabilities after it as a cell
 * is derived from them, scores of paths. All rounds of a search, one after the other, are the
 * history of its alphas.
 */
final class RoundDocument {
  private RoundDocument() {}

  /** Puts {@code round} where the trial is one. */
  static void put(ObjectNode node, Search search, Trial trial) {
    trial
        .round()
        .ifPresent(
            round -> {
              ObjectNode document =
                  node.putObject("round")
                      .put("work", name(round.work()))
                      .put("size", round.work().size());
              trial
                  .measurement()
                  .flatMap(Measurement::round)
                  .ifPresent(report -> found(document, search, round, report));
            });
  }

  private static String name(Round.Work work) {
    if (work instanceof Round.Work.TrainPaths) {
      return "train-paths";
    }
    return work instanceof Round.Work.ScorePaths ? "score-paths" : "bilevel";
  }

  private static void found(ObjectNode node, Search search, Round round, RoundReport report) {
    SearchDocuments.finite(node, "trainLoss", report.trainLossNats());
    SearchDocuments.finite(node, "alphaLoss", report.alphaLossNats());
    SearchDocuments.finite(node, "curvature", report.curvature());
    if (!report.scores().isEmpty()) {
      node.put(
          "bestAccuracy", report.scores().stream().mapToDouble(Score::accuracy).max().orElse(0));
      node.put(
          "meanAccuracy",
          report.scores().stream().mapToDouble(Score::accuracy).average().orElse(0));
    }
    if (round.work() instanceof Round.Work.Bilevel bilevel
        && round.net() instanceof Round.Net.Relaxed relaxed
        && search.spec().space() instanceof RelaxedSpace space) {
      node.put("temperature", bilevel.relaxation().temperature());
      report
          .alphas()
          .ifPresent(
              alphas ->
                  probabilities(
                      node.putObject("probabilities"),
                      space.relaxedRows(relaxed.channelShare()),
                      Darts.probabilities(alphas.values())));
    }
  }

  private static void probabilities(ObjectNode node, List<Row> rows, Ragged values) {
    for (int i = 0; i < rows.size(); i++) {
      ObjectNode row = node.putObject(rows.get(i).name());
      for (int option = 0; option < rows.get(i).options().size(); option++) {
        row.put(rows.get(i).options().get(option), values.get(i, option));
      }
    }
  }
}
