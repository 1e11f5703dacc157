package dev.archipelago.controller.view;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.archipelago.controller.search.ArmState;
import dev.archipelago.controller.search.Comparison;
import dev.archipelago.controller.search.Heritage;
import dev.archipelago.controller.search.Question;
import dev.archipelago.controller.search.Ranking;
import dev.archipelago.controller.search.Search;
import dev.archipelago.controller.search.SearchAnswers;
import dev.archipelago.controller.search.SearchCommand.Answer;
import dev.archipelago.controller.search.SearchFold;
import dev.archipelago.controller.search.Trial;
import dev.archipelago.controller.spec.Evaluator;
import dev.archipelago.controller.spec.ObjectiveText;
import dev.archipelago.controller.spec.Rung;
import dev.archipelago.protocol.trial.Arm;
import dev.archipelago.protocol.trial.Measurement;
import dev.archipelago.protocol.trial.Stage;
import dev.archipelago.protocol.trial.TrialState;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The documents of {@code status}, {@code best}, {@code trials} and {@code list}. Fields whose
 * value is not known are absent; accuracies are fractions, latencies microseconds, losses nats.
 */
public final class SearchDocuments implements SearchAnswers {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private static final int LARGEST_PAGE = 100;

  /** A page ends here, whatever was asked for, so that the answer fits a message. */
  private static final int LARGEST_PAGE_CHARACTERS = 150_000;

  private final Forecasts forecasts = new Forecasts();

  @Override
  public Answer answer(Question question, Search search, String trouble) {
    if (question instanceof Question.Best) {
      return best(search);
    } else if (question instanceof Question.Trials trials) {
      return new Answer(200, trials(search, trials).toString());
    } else if (question instanceof Question.Spec) {
      return new Answer(200, search.specText());
    }
    return new Answer(200, status(search, trouble).toString());
  }

  @Override
  public String summary(Search search) {
    ObjectNode node =
        JSON.objectNode()
            .put("id", search.id().value())
            .put("name", search.name())
            .put("state", search.status().name())
            .put("created", search.createdAt().toString())
            .put("strategy", search.spec().strategy().kind())
            .put("dataset", search.spec().dataset().name());
    counts(node.putObject("trials"), search.trials().stream());
    Ranking.ranked(search, Arm.MAIN, Stage.SEARCH)
        .findFirst()
        .ifPresent(trial -> node.put("bestReward", trial.reward().orElseThrow()));
    return node.toString();
  }

  private ObjectNode status(Search search, String trouble) {
    ObjectNode node =
        JSON.objectNode()
            .put("id", search.id().value())
            .put("name", search.name())
            .put("state", search.status().name())
            .put("phase", phase(search));
    String reason = trouble.isEmpty() ? search.reason() : trouble;
    if (!reason.isEmpty()) {
      node.put("reason", reason);
    }
    node.put("created", search.createdAt().toString())
        .put("runningSeconds", search.running().toMillis() / 1000.0)
        .put("strategy", search.spec().strategy().kind())
        .put("dataset", search.spec().dataset().name())
        .put("objective", ObjectiveText.of(search.spec().objective()))
        .put("seed", search.spec().seed());
    ObjectNode budget = node.putObject("budget").put("trials", search.spec().budget().trials());
    search.spec().budget().time().ifPresent(time -> budget.put("seconds", time.toSeconds()));
    search
        .spec()
        .budget()
        .deviceTime()
        .ifPresent(time -> budget.put("deviceSeconds", time.toSeconds()));
    ArrayNode rungs = node.putArray("rungs");
    search.spec().schedule().rungs().forEach(rung -> rungs.add(rung.label()));
    if (search.spec().evaluator() instanceof Evaluator.Table table) {
      node.put("simulatedWorkers", table.workers());
    }
    counts(node.putObject("trials"), search.trials().stream());
    ArrayNode arms = node.putArray("arms");
    search.armList().forEach(arm -> arm(arms.addObject(), search, arm));
    winner(node, search, Arm.MAIN, "winner");
    search.comparison().map(Comparison::sentence).ifPresent(text -> node.put("sentence", text));
    forecasts.put(node, search);
    node.put("stateHash", StateHash.of(search));
    return node;
  }

  private static String phase(Search search) {
    return search.status().isOver() ? "done" : search.stage().label();
  }

  private static void arm(ObjectNode node, Search search, Arm arm) {
    ArmState state = search.arm(arm);
    node.put("arm", arm.label())
        .put("strategy", SearchFold.kind(search.spec(), arm).kind())
        .put("phase", phase(search))
        .put("proposed", state.proposed())
        .put("trained", state.trained())
        .put("deviceSeconds", deviceSeconds(search, arm));
    if (arm == Arm.BASELINE) {
      search.spec().baselines().random().ifPresent(match -> node.put("match", match.label()));
    }
    counts(node, search.trials(arm, Stage.SEARCH));
    rungs(node, search, arm);
    remarks(node, search, arm);
    Ranking.ranked(search, arm, Stage.SEARCH)
        .findFirst()
        .ifPresent(
            best -> {
              ObjectNode document = node.putObject("best").put("trial", best.number());
              document.put("reward", best.reward().orElseThrow());
              validation(document, best);
            });
  }

  /** What the arm's strategy has to say of how it went. */
  private static void remarks(ObjectNode node, Search search, Arm arm) {
    List<String> remarks = search.arm(arm).strategy().remarks();
    if (!remarks.isEmpty()) {
      remarks.forEach(node.putArray("remarks")::add);
    }
  }

  /** How many trials each rung has, where there are several. */
  private static void rungs(ObjectNode node, Search search, Arm arm) {
    List<Rung> rungs = search.spec().schedule().rungs();
    if (rungs.size() < 2) {
      return;
    }
    ArrayNode list = node.putArray("rungs");
    for (int rung = 0; rung < rungs.size(); rung++) {
      int number = rung;
      ObjectNode document = list.addObject().put("rung", rungs.get(rung).label());
      counts(
          document,
          search
              .trials(arm, Stage.SEARCH)
              .filter(trial -> trial.state() != TrialState.REJECTED)
              .filter(trial -> trial.lineage().rung() == number));
    }
  }

  /** Of all that ended in the arm's stage SEARCH. */
  private static double deviceSeconds(Search search, Arm arm) {
    return search.trials(arm, Stage.SEARCH).mapToDouble(Trial::deviceSeconds).sum();
  }

  /** The published networks that were tested, and how the winner compares with each. */
  private static void references(ObjectNode node, Search search) {
    List<Trial> tested = Ranking.references(search);
    if (tested.isEmpty()) {
      return;
    }
    ArrayNode list = node.putArray("references");
    for (Trial trial : tested) {
      String name = search.spec().baselines().name(trial.architecture());
      ObjectNode document = list.addObject().put("name", name).put("trial", trial.number());
      trial
          .measurement()
          .flatMap(Measurement::test)
          .ifPresent(test -> finite(document, "testAccuracy", test.score().accuracy()));
      measured(document, trial);
      Comparison comparison = search.references().get(name);
      if (comparison != null) {
        comparison(document, comparison, comparison.sentence(name));
      }
    }
  }

  private static void comparison(ObjectNode node, Comparison comparison, String sentence) {
    ObjectNode document = node.putObject("comparison");
    finite(document, "difference", comparison.difference());
    finite(document, "low", comparison.low());
    finite(document, "high", comparison.high());
    document.put("sentence", sentence);
  }

  private static void counts(ObjectNode node, Stream<Trial> trials) {
    Map<TrialState, Integer> counts = new EnumMap<>(TrialState.class);
    trials.forEach(trial -> counts.merge(trial.state(), 1, Integer::sum));
    for (TrialState state :
        List.of(
            TrialState.COMPLETED,
            TrialState.FAILED,
            TrialState.REJECTED,
            TrialState.RUNNING,
            TrialState.WAITING,
            TrialState.CANCELLED)) {
      node.put(state.name().toLowerCase(Locale.ROOT), counts.getOrDefault(state, 0));
    }
  }

  private static Answer best(Search search) {
    ObjectNode node = JSON.objectNode().put("search", search.id().value());
    if (!winner(node, search, Arm.MAIN, "winner")) {
      String error = "search " + search.id() + " has no completed trial yet";
      return new Answer(404, JSON.objectNode().put("error", error).toString());
    }
    node.put("state", search.status().name());
    winner(node, search, Arm.BASELINE, "baseline");
    references(node, search);
    remarks(node, search, Arm.MAIN);
    search.comparison().ifPresent(found -> comparison(node, found, found.sentence()));
    counts(node.putObject("trials"), search.trials().stream());
    node.put("seconds", search.running().toMillis() / 1000.0);
    return new Answer(200, node.toString());
  }

  /** The arm's chosen network: what it is, how it validated, and the one test if it had it. */
  private static boolean winner(ObjectNode node, Search search, Arm arm, String key) {
    Optional<Trial> chosen = Ranking.chosen(search, arm);
    if (chosen.isEmpty()) {
      return false;
    }
    Trial trial = chosen.get();
    ObjectNode document =
        node.putObject(key)
            .put("trial", trial.number())
            .put("stage", trial.stage().label())
            .put("final", Ranking.tested(search, arm).isPresent());
    architecture(document, search, trial);
    validation(document, trial);
    Ranking.tested(search, arm)
        .flatMap(tested -> tested.measurement().orElseThrow().test())
        .ifPresent(
            test -> {
              finite(document, "testAccuracy", test.score().accuracy());
              finite(document, "testLoss", test.score().lossNats());
            });
    Ranking.tested(search, arm)
        .flatMap(tested -> tested.measurement().orElseThrow().checkpoint())
        .ifPresent(sha256 -> document.put("network", sha256));
    measured(document, Ranking.tested(search, arm).orElse(trial));
    document.put("armDeviceSeconds", deviceSeconds(search, arm));
    return true;
  }

  private static ObjectNode trials(Search search, Question.Trials page) {
    ObjectNode node = JSON.objectNode();
    List<Trial> matching =
        search.trials().stream()
            .filter(trial -> matches(page.arm(), trial.arm().label()))
            .filter(trial -> matches(page.stage(), trial.stage().label()))
            .filter(trial -> matches(page.state(), trial.state().name()))
            .toList();
    ArrayNode list = node.putArray("trials");
    int characters = 0;
    int end = Math.max(1, Math.min(page.limit(), LARGEST_PAGE));
    for (Trial trial : matching.stream().skip(Math.max(0, page.offset())).limit(end).toList()) {
      ObjectNode document = JSON.objectNode();
      trial(document, search, trial);
      characters += document.toString().length();
      if (characters > LARGEST_PAGE_CHARACTERS && !list.isEmpty()) {
        break; // the caller asks on from where this page ends
      }
      list.add(document);
    }
    node.put("total", matching.size());
    return node;
  }

  private static boolean matches(String wanted, String found) {
    return wanted.isEmpty() || wanted.equalsIgnoreCase(found);
  }

  private static void trial(ObjectNode node, Search search, Trial trial) {
    node.put("number", trial.number())
        .put("arm", trial.arm().label())
        .put("stage", trial.stage().label())
        .put("state", trial.state().name())
        .put("attempt", trial.attempt());
    trial.lease().ifPresent(lease -> node.put("worker", lease.worker().name()));
    architecture(node, search, trial);
    node.put("fingerprint", search.space(trial.arm()).fingerprint(trial.architecture()));
    lineage(node, search, trial);
    RoundDocument.put(node, search, trial);
    trial.reward().ifPresent(reward -> node.put("reward", reward));
    validation(node, trial);
    measured(node, trial);
    trial
        .failure()
        .ifPresent(
            failure -> {
              node.putObject("failure")
                  .put("category", failure.category().name())
                  .put("message", failure.message());
              if (failure.deviceSeconds() > 0) {
                finite(node, "deviceSeconds", failure.deviceSeconds());
              }
            });
  }

  private static void lineage(ObjectNode node, Search search, Trial trial) {
    if (trial.stage() == Stage.SEARCH) {
      node.put("configuration", trial.ordinal())
          .put("rung", search.spec().schedule().rung(trial.lineage().rung()).label());
    }
    trial.lineage().parent().ifPresent(parent -> node.put("continues", parent));
    trial.lineage().lender().ifPresent(lender -> node.put("lentBy", lender));
    trial
        .lineage()
        .donor()
        .ifPresent(
            donor ->
                node.put("inherits", donor)
                    .put("cumulativeEpochs", Heritage.cumulativeEpochs(search, trial)));
  }

  private static void architecture(ObjectNode node, Search search, Trial trial) {
    ObjectNode labels = node.putObject("architecture");
    search.space(trial.arm()).describe(trial.architecture()).forEach(labels::put);
  }

  private static void validation(ObjectNode node, Trial trial) {
    trial
        .measurement()
        .flatMap(measurement -> measurement.validation())
        .ifPresent(
            score -> {
              finite(node, "validationAccuracy", score.accuracy());
              finite(node, "validationLoss", score.lossNats());
            });
  }

  /** A number that a program or a table may lack; JSON has no NaN and no infinity. */
  static void finite(ObjectNode node, String key, double value) {
    if (Double.isFinite(value)) {
      node.put(key, value);
    }
  }

  private static void measured(ObjectNode node, Trial trial) {
    trial
        .measurement()
        .ifPresent(
            measurement -> {
              measurement.latency().stream()
                  .findFirst()
                  .ifPresent(
                      latency ->
                          node.put("latencyP50Micros", latency.p50().toNanos() / 1e3)
                              .put("latencyP95Micros", latency.p95().toNanos() / 1e3));
              measurement.latency().stream()
                  .skip(1)
                  .findFirst()
                  .ifPresent(
                      latency ->
                          node.put("latencyBatch", latency.batchSize())
                              .put("batchLatencyP50Micros", latency.p50().toNanos() / 1e3)
                              .put("batchLatencyP95Micros", latency.p95().toNanos() / 1e3));
              node.put("params", measurement.params())
                  .put("flops", measurement.flops())
                  .put("epochs", measurement.curve().size())
                  .put("peakBytes", measurement.peakBytes())
                  .put("device", measurement.device())
                  .put("engine", measurement.engine());
              finite(node, "trainSeconds", measurement.trainSeconds());
              finite(node, "imagesPerSecond", measurement.imagesPerSecond());
              finite(node, "deviceSeconds", measurement.deviceSeconds());
              measurement.energyJoules().ifPresent(joules -> finite(node, "energyJoules", joules));
              if (!measurement.metrics().isEmpty()) {
                ObjectNode metrics = node.putObject("metrics");
                measurement.metrics().forEach((name, value) -> finite(metrics, name, value));
              }
            });
  }
}
