package dev.archipelago.controller.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.archipelago.controller.view.SearchDocuments;
import dev.archipelago.protocol.trial.Measurement;
import dev.archipelago.protocol.trial.Score;
import dev.archipelago.protocol.trial.Stage;
import dev.archipelago.protocol.trial.TrialState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** What the API says of a search, with the numbers that may be missing. */
class DocumentsTest {
  private static final String TRAINED =
      Specs.random(10).replace("{epochs: 1}", "{epochs: 1, lend: false}");
  private static final String PROXY =
      Specs.random(10)
          .replace(
              "evaluation: {epochs: 1}", "schedule: {kind: asha, rungs: [synflow, 1], eta: 2}");

  private final SearchDocuments documents = new SearchDocuments();

  private JsonNode status(Search search) {
    return parse(documents.answer(new Question.Status(), search, "").json());
  }

  private JsonNode trials(Search search) {
    Question page = new Question.Trials("", "", "", 0, 100);
    return parse(documents.answer(page, search, "").json()).path("trials");
  }

  private static JsonNode parse(String text) {
    assertThat(text).doesNotContain("NaN").doesNotContain("Infinity");
    try {
      return JsonMapper.builder().build().readTree(text);
    } catch (JacksonException e) {
      throw new AssertionError(text, e);
    }
  }

  private static double spent(Search search) {
    return search.trials().stream().flatMap(t -> t.measurement().stream()).count(); // 1 s each
  }

  /** Ten trials of 1 s, one longer training of 1 s, a last one of 1 / 0.8 s. */
  @Test
  void forecastsWhatIsLeftOnceThreeTrialsHaveEnded() {
    Simulation simulation = Simulation.start(TRAINED, 1);
    simulation.runUntil(2, search -> spent(search) == 2);
    assertThat(status(simulation.search()).has("forecast")).isFalse();

    simulation.runUntil(2, search -> spent(search) == 5);
    JsonNode forecast = status(simulation.search()).path("forecast");

    assertThat(forecast.path("basedOn").asInt()).isEqualTo(5);
    JsonNode one = forecast.path("workers").get(0);
    assertThat(one.path("workers").asInt()).isEqualTo(1);
    assertThat(one.path("seconds").path("expected").asDouble()).isCloseTo(12.25, within(1e-9));
    assertThat(one.path("remainingSeconds").path("low").asDouble()).isCloseTo(7.25, within(1e-9));
    assertThat(one.path("remainingDeviceSeconds").path("high").asDouble())
        .isCloseTo(7.25, within(1e-9));
    assertThat(forecast.path("workers").get(2).path("workers").asInt()).isEqualTo(4);
  }

  @Test
  void whatIsOverHasNoForecast() {
    Simulation simulation = Simulation.start(Specs.random(6), 1).run(2);

    assertThat(simulation.search().stage()).isEqualTo(Stage.FINAL);
    assertThat(status(simulation.search()).has("forecast")).isFalse();
  }

  @Test
  void countsTrialsOnEachRung() {
    Simulation simulation = Simulation.start(PROXY, 1);
    score(simulation, 4, 3e14);

    assertThat(status(simulation.search()).path("objective").asText()).isEqualTo("accuracy");
    JsonNode arm = status(simulation.search()).path("arms").get(0);

    assertThat(arm.path("rungs")).hasSize(2);
    assertThat(arm.path("rungs").get(0).path("rung").asText()).isEqualTo("synflow");
    assertThat(arm.path("rungs").get(0).path("completed").asInt()).isEqualTo(4);
    assertThat(status(simulation.search()).path("rungs")).hasSize(2);
    assertThat(trials(simulation.search()).get(0).path("metrics").path("synflow").asDouble())
        .isEqualTo(3e14);
  }

  @Test
  void whatIsNoNumberIsAbsent() {
    Simulation simulation = Simulation.start(PROXY, 1);
    score(simulation, 1, Double.NaN);

    JsonNode trial = trials(simulation.search()).get(0);

    assertThat(trial.path("state").asText()).isEqualTo("COMPLETED");
    for (String key :
        List.of("validationLoss", "validationAccuracy", "imagesPerSecond", "reward")) {
      assertThat(trial.has(key)).as(key).isFalse();
    }
    assertThat(trial.path("metrics")).isEmpty();
    assertThat(trial.path("energyJoules").asDouble()).isEqualTo(12.5);
  }

  /** Trials on the proxy's rung, one after the other. */
  private static void score(Simulation simulation, int count, double score) {
    for (int trial = 0; trial < count; trial++) {
      simulation.lease();
      Trial open =
          simulation
              .search()
              .openTrials()
              .filter(t -> t.state() == TrialState.RUNNING)
              .findFirst()
              .orElseThrow();
      Measurement measurement =
          new Measurement(
              Optional.of(new Score(Double.NaN, Double.NaN, 0)),
              Optional.empty(),
              List.of(),
              List.of(),
              10,
              20,
              0,
              Double.POSITIVE_INFINITY,
              0,
              "cpu",
              "fake",
              1,
              Map.of("synflow", score),
              Optional.empty(),
              Optional.empty(),
              OptionalDouble.of(12.5));
      simulation.add(new Fact.Completed(open.number(), open.attempt(), measurement));
    }
  }
}
