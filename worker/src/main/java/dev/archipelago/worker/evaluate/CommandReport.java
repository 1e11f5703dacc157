package dev.archipelago.worker.evaluate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.archipelago.protocol.trial.Epoch;
import dev.archipelago.protocol.trial.Latency;
import dev.archipelago.protocol.trial.Score;
import dev.archipelago.protocol.trial.TestScore;
import dev.archipelago.protocol.trial.TrialFailure;
import dev.archipelago.protocol.trial.TrialFailure.Category;
import dev.archipelago.worker.engine.EngineException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a program of the user's has said so far: every line that is a JSON object is laid over those
 * before it; a line with an {@code epoch} is a point of the learning curve as well.
 *
 * <p>The program's output is read on one thread and used on another.
 */
final class CommandReport {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          // Python writes these, and a diverged training has them.
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .build();

  private static final String ACCURACY = "accuracy";
  private static final String LOSS = "loss";
  private static final String TEST_ACCURACY = "test_accuracy";
  private static final String TEST_LOSS = "test_loss";
  private static final String LATENCY = "latency_ms";
  private static final String PARAMS = "params";
  private static final String FLOPS = "flops";

  /** What has a place of its own in a measurement; all other numbers are metrics. */
  private static final Set<String> OWN =
      Set.of(
          "epoch",
          ACCURACY,
          LOSS,
          "train_loss",
          "examples",
          TEST_ACCURACY,
          TEST_LOSS,
          "test_examples",
          "correct",
          LATENCY,
          PARAMS,
          FLOPS);

  /** So that a measurement fits the wire. */
  private static final int MOST_METRICS = 100;

  private static final int LONGEST_NAME = 100;

  private final int epochs;
  private final Map<String, JsonNode> values = new HashMap<>();
  private final TreeMap<Integer, Epoch> curve = new TreeMap<>();
  private double lastSeconds;
  private int metrics;
  private @Nullable Epoch news;

  /**
   * @param epochs the last number that a point of the curve may have
   */
  CommandReport(int epochs) {
    this.epochs = epochs;
  }

  /**
   * Takes a line if it is a JSON object.
   *
   * @param seconds since the program began
   */
  synchronized boolean take(String line, double seconds) {
    if (!line.startsWith("{")) {
      return false;
    }
    JsonNode object;
    try {
      object = JSON.readTree(line);
    } catch (JsonProcessingException e) {
      return false;
    }
    for (Map.Entry<String, JsonNode> entry : object.properties()) {
      lay(entry.getKey(), entry.getValue());
    }
    if (object.path("epoch").isIntegralNumber()) {
      draw(object, seconds);
    }
    return true;
  }

  private void lay(String name, JsonNode value) {
    if (OWN.contains(name) || values.containsKey(name)) {
      values.put(name, value);
    } else if (value.isNumber() && metrics < MOST_METRICS && name.length() <= LONGEST_NAME) {
      metrics++;
      values.put(name, value);
    }
  }

  private void draw(JsonNode object, double seconds) {
    int number = object.path("epoch").asInt();
    if (number < 1 || number > epochs) {
      return;
    }
    double loss = number(object, LOSS);
    double accuracy = number(object, ACCURACY);
    Optional<Score> validation =
        accuracy >= 0 && accuracy <= 1
            ? Optional.of(new Score(accuracy, loss, examples("examples")))
            : Optional.empty();
    double trainLoss = object.has("train_loss") ? number(object, "train_loss") : loss;
    news = new Epoch(number, trainLoss, validation, Math.max(0, seconds - lastSeconds));
    lastSeconds = seconds;
    curve.put(number, news);
  }

  /** The point of the curve that came since the last call. */
  synchronized Optional<Epoch> news() {
    Optional<Epoch> latest = Optional.ofNullable(news);
    news = null;
    return latest;
  }

  synchronized List<Epoch> curve() {
    return new ArrayList<>(curve.values());
  }

  /** Whether the program classifies nothing, and says how good it is by a metric of its own. */
  synchronized boolean isMetricsOnly() {
    return !values.containsKey(ACCURACY)
        && !values.containsKey(TEST_ACCURACY)
        && !metrics().isEmpty();
  }

  /**
   * The validation score.
   *
   * @throws EngineException PROGRAM where there is none, DIVERGED where it is not a number
   */
  synchronized Score validation() {
    return new Score(accuracy(ACCURACY), optional(LOSS), examples("examples"));
  }

  /**
   * The test score, image by image if the program said so.
   *
   * @throws EngineException as above, and PROGRAM where {@code correct} says something else
   */
  synchronized TestScore test() {
    double accuracy = accuracy(TEST_ACCURACY);
    JsonNode list = values.get("correct");
    if (list == null || !list.isArray() || list.isEmpty()) {
      return new TestScore(
          new Score(accuracy, optional(TEST_LOSS), examples("test_examples")), new BitSet());
    }
    BitSet correct = new BitSet(list.size());
    for (int i = 0; i < list.size(); i++) {
      correct.set(i, list.get(i).asInt() != 0 || list.get(i).asBoolean());
    }
    double counted = (double) correct.cardinality() / list.size();
    if (Math.abs(counted - accuracy) * list.size() >= 0.5) {
      throw refused(
          "the program says test_accuracy %s, but %d of %d of its \"correct\" are 1"
              .formatted(accuracy, correct.cardinality(), list.size()));
    }
    return new TestScore(new Score(counted, optional(TEST_LOSS), list.size()), correct);
  }

  /** Of one example; empty where the program measured none. */
  synchronized List<Latency> latency() {
    double millis = optional(LATENCY);
    if (Double.isNaN(millis)) {
      return List.of();
    }
    if (millis < 0 || millis > Duration.ofDays(1).toMillis()) {
      throw refused("the program says latency_ms " + millis);
    }
    Duration latency = Duration.ofNanos(Math.round(millis * 1e6));
    return List.of(new Latency(1, latency, latency));
  }

  synchronized Optional<Long> params() {
    return count(PARAMS);
  }

  synchronized Optional<Long> flops() {
    return count(FLOPS);
  }

  /** All other numbers that are finite. */
  synchronized Map<String, Double> metrics() {
    Map<String, Double> others = new TreeMap<>();
    values.forEach(
        (name, value) -> {
          if (!OWN.contains(name) && value.isNumber() && Double.isFinite(value.asDouble())) {
            others.put(name, value.asDouble());
          }
        });
    return others;
  }

  private double accuracy(String name) {
    JsonNode value = values.get(name);
    if (value == null) {
      throw refused(
          "the program wrote no line like {\"%s\": 0.9} on its standard output".formatted(name));
    }
    if (!value.isNumber()) {
      throw refused("the program says %s %s, which is no number".formatted(name, value));
    }
    double accuracy = value.asDouble();
    if (!Double.isFinite(accuracy)) {
      throw new EngineException(
          new TrialFailure(
              Category.DIVERGED, false, "the program says %s %s".formatted(name, accuracy)));
    }
    if (accuracy < 0 || accuracy > 1) {
      throw refused(
          "the program says %s %s: give a fraction between 0 and 1, 0.9 for 90 %%"
              .formatted(name, accuracy));
    }
    return accuracy;
  }

  private static double number(JsonNode object, String name) {
    return object.path(name).isNumber() ? object.path(name).asDouble() : Double.NaN;
  }

  private double optional(String name) {
    JsonNode value = values.get(name);
    return value != null && value.isNumber() ? value.asDouble() : Double.NaN;
  }

  private Optional<Long> count(String name) {
    double value = optional(name);
    return value >= 0 && value < Long.MAX_VALUE ? Optional.of((long) value) : Optional.empty();
  }

  private int examples(String name) {
    double value = optional(name);
    return value >= 1 && value <= Integer.MAX_VALUE ? (int) value : 0;
  }

  private static EngineException refused(String message) {
    return new EngineException(new TrialFailure(Category.PROGRAM, false, message));
  }
}
