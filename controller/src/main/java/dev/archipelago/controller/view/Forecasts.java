package dev.archipelago.controller.view;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.archipelago.controller.forecast.Cost;
import dev.archipelago.controller.forecast.Forecast;
import dev.archipelago.controller.forecast.Measured;
import dev.archipelago.controller.forecast.Outlook;
import dev.archipelago.controller.forecast.Range;
import dev.archipelago.controller.search.Search;
import dev.archipelago.controller.search.Trial;
import dev.archipelago.controller.spec.Evaluator;
import dev.archipelago.controller.spec.Rung;
import dev.archipelago.protocol.trial.Measurement;
import dev.archipelago.protocol.trial.SearchId;
import dev.archipelago.protocol.trial.Stage;
import dev.archipelago.protocol.trial.TrialState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Forecasts of running searches, each from the trials that have ended so far. Thread-safe: keeps
 * the latest of every search that is not over, since people look more often than trials end.
 */
final class Forecasts {
  private final Map<SearchId, Forecast> latest = new ConcurrentHashMap<>();

  /** Puts {@code forecast} where the search is not over and enough of its trials are. */
  void put(ObjectNode node, Search search) {
    if (search.status().isOver()) {
      latest.remove(search.id());
      return;
    }
    if (search.spec().evaluator() instanceof Evaluator.Table) {
      return; // its clock is none that anybody waits by
    }
    if (search.spec().strategy().sharing().isPresent()) {
      return; // what a network's own training costs says nothing of a round's
    }
    Optional<Measured> measured = measured(search);
    if (measured.isEmpty()) {
      return;
    }
    Forecast forecast = latest.get(search.id());
    if (forecast == null || forecast.basedOn() != measured.get().trained().size()) {
      forecast =
          Forecast.of(
              search.spec(),
              measured.get(),
              Forecast.usefulWorkers(search.spec()),
              Forecast.Effort.QUICK);
      latest.put(search.id(), forecast); // a search is asked by its own entity alone
    }
    ObjectNode document = node.putObject("forecast").put("basedOn", forecast.basedOn());
    ArrayNode outlooks = document.putArray("workers");
    double spent = spent(search);
    forecast.outlooks().forEach(outlook -> put(outlooks.addObject(), outlook, search, spent));
  }

  private static void put(ObjectNode node, Outlook outlook, Search search, double spent) {
    node.put("workers", outlook.workers());
    put(node.putObject("seconds"), outlook.seconds());
    put(node.putObject("deviceSeconds"), outlook.deviceSeconds());
    put(node.putObject("remainingSeconds"), outlook.remainingSeconds(search.stage(), spent));
    put(
        node.putObject("remainingDeviceSeconds"),
        outlook.remainingDeviceSeconds(search.stage(), spent));
  }

  private static void put(ObjectNode node, Range range) {
    node.put("low", range.low()).put("expected", range.expected()).put("high", range.high());
  }

  /** Of the present stage, in all arms. */
  private static double spent(Search search) {
    return search.trials().stream()
        .filter(trial -> trial.stage() == search.stage())
        .mapToDouble(Trial::deviceSeconds)
        .sum();
  }

  /** Trials of stage SEARCH that were trained from fresh weights, and those that a proxy scored. */
  private static Optional<Measured> measured(Search search) {
    List<Cost> trained = new ArrayList<>();
    List<Double> proxies = new ArrayList<>();
    for (Trial trial : search.trials()) {
      if (trial.state() != TrialState.COMPLETED
          || trial.stage() != Stage.SEARCH
          || trial.lineage().lender().isPresent()) {
        continue;
      }
      Measurement measurement = trial.measurement().orElseThrow();
      Rung rung = search.spec().schedule().rung(trial.lineage().rung());
      if (rung instanceof Rung.ZeroCost) {
        proxies.add(measurement.deviceSeconds());
      } else if (isFresh(search, trial)) {
        trained.add(
            Cost.of(
                ((Rung.Epochs) rung).count(),
                measurement.trainSeconds(),
                measurement.deviceSeconds(),
                measurement.flops()));
      }
    }
    return trained.size() < Measured.ENOUGH
        ? Optional.empty()
        : Optional.of(new Measured(trained, proxies));
  }

  private static boolean isFresh(Search search, Trial trial) {
    return trial.lineage().parent().isEmpty()
        || search
                .spec()
                .schedule()
                .rung(search.trial(trial.lineage().parent().getAsInt()).lineage().rung())
            instanceof Rung.ZeroCost;
  }
}
