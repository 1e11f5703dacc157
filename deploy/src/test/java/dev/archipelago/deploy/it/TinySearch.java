package dev.archipelago.deploy.it;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.archipelago.deploy.client.ApiClient;
import dev.archipelago.deploy.client.Endpoint;
import dev.archipelago.deploy.client.Json;
import dev.archipelago.deploy.support.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A search of seconds on real images, and what its documents say. */
final class TinySearch {
  /** Strict: a document stands alone on standard output. */
  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private TinySearch() {}

  /**
   * @param limit training and validation images; more make each trial longer
   */
  static Path spec(Path directory, int trials, int limit) {
    String yaml =
        """
        name: tiny
        dataset: {name: fashion-mnist-mini, limit: %d}
        space: {kind: chain, layers: 2, filters: [4, 8, 12, 16], kernels: [3, 5], strides: [2], skips: false}
        strategy: {kind: reinforce, window: 3, hidden: 8, layers: 1}
        evaluation: {epochs: 1, batch: 32, latency: {batch: 8, warm-up: 1, runs: 3}}
        baseline: {kind: random, match: trials}
        budget: {trials: %d}
        retrain: {top: 2, epochs: 2, final-epochs: 2}
        seed: 5
        """
            .formatted(limit, trials);
    return write(directory, yaml);
  }

  /** Two workers train one supernet's weights in turns, then rank networks with them. */
  static Path onSharedWeights(Path directory) {
    return write(
        directory,
        """
        name: tiny-shared
        dataset: {name: fashion-mnist-mini, limit: 400}
        space: {kind: nasbench201, channels: 4, cells: 1}
        strategy:
          kind: one-shot
          parts: 2
          steps: 4
          generations: 2
          population: 4
          parents: 2
          recalibration: 1
          score-batches: 1
        evaluation: {epochs: 1, batch: 32, latency: {batch: 8, warm-up: 1, runs: 3}}
        budget: {trials: 8}
        retrain: {top: 1, epochs: 1, final-epochs: 1}
        seed: 5
        """);
  }

  static Path write(Path directory, String yaml) {
    try {
      return Files.writeString(directory.resolve("tiny.yaml"), yaml);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static JsonNode json(Program.Result result) {
    if (result.exit() != 0) {
      throw new AssertionError("exit code " + result.exit() + ": " + result.err());
    }
    try {
      return MAPPER.readTree(result.out());
    } catch (JsonProcessingException e) {
      throw new AssertionError("not JSON: " + result.out(), e);
    }
  }

  /** What was proposed, in order, and how it ended: all that must not depend on who ran it. */
  static List<String> story(JsonNode trials) {
    List<String> story = new ArrayList<>();
    for (JsonNode trial : trials.path("trials")) {
      story.add(
          trial.path("number").asInt()
              + " "
              + trial.path("arm").asText()
              + " "
              + trial.path("stage").asText()
              + " "
              + trial.path("architecture")
              + " "
              + trial.path("state").asText()
              + " "
              + trial.path("validationAccuracy").asDouble());
    }
    return story;
  }

  /** Of the controller that runs on a data directory; a command of its own would take seconds. */
  static ApiClient api(Program program) {
    try {
      JsonNode endpoint =
          Json.parse(Files.readString(program.dataDirectory().resolve("endpoint.json")));
      return new ApiClient(
          Endpoint.parse(
              endpoint.path("url").asText(), Optional.of(endpoint.path("token").asText())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String onlyId(Program program) {
    return json(program.run("list", "--json")).path("searches").path(0).path("id").asText();
  }
}
