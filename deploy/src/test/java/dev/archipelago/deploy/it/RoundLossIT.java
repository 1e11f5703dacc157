package dev.archipelago.deploy.it;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.archipelago.deploy.client.ApiClient;
import dev.archipelago.deploy.support.Await;
import dev.archipelago.deploy.support.Program;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Searches on shared weights whose processes are killed in mid-round: each kill costs that round
 * and nothing else, and with one worker the search ends as an undisturbed one, bit for bit.
 *
 * <p>The rounds in which something is killed hang at a step in their first attempt, so that the
 * kill never comes too late. Weights are compared by the last rounds' digests, which are in the
 * state's hash.
 */
class RoundLossIT {
  private static final int ROUNDS = 7;

  /** The round in which the worker is killed, then the one in which all are; ENAS trains in it. */
  private static final int WORKERS_END = 2;

  private static final int CONTROLLERS_END = 3;

  private static final String SPEC =
      """
      name: rounds
      dataset: {name: fashion-mnist-mini, limit: 400}
      space:
        {kind: cell, nodes: 2, operations: [skip_connect, max_pool_3x3, conv_3x3], stages: 1, cells: 1, filters: 4}
      strategy: %s
      evaluation: {batch: 16, latency: {batch: 4, warm-up: 1, runs: 1}}
      baseline: none
      budget: {trials: %d}
      retrain: {top: 1, epochs: 1, final-epochs: 1}
      seed: 5
      """;

  @TempDir Path directory;

  @Test
  void dartsGoesOnWithTheAlphasOfItsLastWholeRound() {
    List<JsonNode> rounds =
        endsAlikeWhateverIsKilled("{kind: darts, steps: 4, batches: 4, recalibration: 2}");
    List<JsonNode> history = rounds.subList(0, ROUNDS - 1); // the last one scores the cell
    assertThat(history)
        .allMatch(round -> round.path("work").asText().equals("bilevel"))
        .extracting(round -> round.path("probabilities"))
        .noneMatch(JsonNode::isMissingNode)
        .doesNotHaveDuplicates();
  }

  /** DARTS's takes the same way; run with {@code -Dit.excluded=none}. */
  @Test
  @Tag("slow")
  void enasGoesOnWithThePolicyOfItsLastWholeRound() {
    List<JsonNode> rounds =
        endsAlikeWhateverIsKilled(
            "{kind: enas, steps: 8, paths: 6, batch: 2, candidates: 6, uniform: 2, hidden: 8}");
    assertThat(rounds)
        .extracting(round -> round.path("work").asText())
        .startsWith("train-paths", "train-paths", "score-paths", "train-paths")
        .endsWith("score-paths");
  }

  /** Gives what the undisturbed search's rounds reported. */
  private List<JsonNode> endsAlikeWhateverIsKilled(String strategy) {
    Path spec = TinySearch.write(directory, SPEC.formatted(strategy, ROUNDS));
    Ended undisturbed;
    try (Program program = new Program(directory.resolve("undisturbed"))) {
      undisturbed =
          Ended.of(
              program,
              TinySearch.json(program.run("search", spec.toString(), "--workers", "1", "--json")));
    }

    String hanging = "%d:stall:1,%d:stall:1".formatted(WORKERS_END, CONTROLLERS_END);
    Map<String, String> faults = Map.of("ARCHIPELAGO_FAULTS", hanging);
    try (Program program = new Program(directory.resolve("killed"), faults)) {
      Program.Running first = program.start("search", spec.toString(), "--workers", "1");
      first.awaitError("trial " + (WORKERS_END - 1) + " ");
      workerAt(program, WORKERS_END).destroyForcibly();
      IntStream.range(WORKERS_END, CONTROLLERS_END)
          .forEach(round -> first.awaitError("trial " + round + " "));
      ProcessHandle worker = workerAt(program, CONTROLLERS_END);
      first.kill();
      worker.destroyForcibly();
      Await.untilGone(first.pid());
      Await.untilGone(worker.pid());

      Ended resumed = Ended.of(program, TinySearch.json(program.run("resume", "--json")));
      assertThat(resumed.rounds()).isEqualTo(undisturbed.rounds());
      assertThat(resumed.story()).isEqualTo(undisturbed.story());
      assertThat(resumed.test()).isEqualTo(undisturbed.test());
      assertThat(resumed.hash()).isEqualTo(undisturbed.hash());
      assertThat(resumed.repeated()).containsExactly(WORKERS_END, CONTROLLERS_END);
      assertThat(resumed.completed()).isEqualTo(resumed.story().size());
    }
    assertThat(undisturbed.rounds()).hasSize(ROUNDS);
    assertThat(undisturbed.numbers())
        .isEqualTo(IntStream.range(0, undisturbed.story().size()).boxed().toList());
    assertThat(undisturbed.repeated()).isEmpty();
    return undisturbed.rounds();
  }

  /** The process that has a round, once it has it. */
  private static ProcessHandle workerAt(Program program, int round) {
    ApiClient client = TinySearch.api(program);
    List<Long> pids = new ArrayList<>();
    Await.until(
        "a worker has round " + round,
        () ->
            client.workers().value().workers().stream()
                .filter(worker -> worker.trial() != null && worker.trial().number() == round)
                .anyMatch(worker -> pids.add(requireNonNull(worker.pid()))));
    return ProcessHandle.of(pids.get(0)).orElseThrow();
  }

  /**
   * What a search that has ended says of itself.
   *
   * @param numbers of the trials, in the order of the list
   * @param rounds what they did, reported and measured, with their validation
   * @param repeated numbers of the trials that needed a second attempt; none needed a third
   */
  private record Ended(
      List<Integer> numbers,
      List<JsonNode> rounds,
      List<String> story,
      List<Integer> repeated,
      JsonNode test,
      int completed,
      String hash) {

    static Ended of(Program program, JsonNode best) {
      String id = best.path("search").asText();
      JsonNode trials = TinySearch.json(program.run("trials", id, "--json"));
      List<Integer> numbers = new ArrayList<>();
      List<JsonNode> rounds = new ArrayList<>();
      List<Integer> repeated = new ArrayList<>();
      for (JsonNode trial : trials.path("trials")) {
        numbers.add(trial.path("number").asInt());
        assertThat(trial.path("attempt").asInt()).isBetween(1, 2);
        if (trial.path("attempt").asInt() == 2) {
          repeated.add(trial.path("number").asInt());
        }
        if (trial.has("round")) {
          rounds.add(trial.path("round"));
        }
      }
      return new Ended(
          numbers,
          rounds,
          TinySearch.story(trials),
          repeated,
          best.path("winner").path("testAccuracy"),
          best.path("trials").path("completed").asInt(),
          TinySearch.json(program.run("status", id, "--json")).path("stateHash").asText());
    }
  }
}
