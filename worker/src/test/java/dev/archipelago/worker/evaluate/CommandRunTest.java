package dev.archipelago.worker.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.entry;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.archipelago.protocol.space.NetworkPlan;
import dev.archipelago.protocol.space.Shape;
import dev.archipelago.protocol.space.Task;
import dev.archipelago.protocol.trial.Assignment;
import dev.archipelago.protocol.trial.DatasetRef;
import dev.archipelago.protocol.trial.Epoch;
import dev.archipelago.protocol.trial.Evaluation;
import dev.archipelago.protocol.trial.Examples;
import dev.archipelago.protocol.trial.Latency;
import dev.archipelago.protocol.trial.Measurement;
import dev.archipelago.protocol.trial.Score;
import dev.archipelago.protocol.trial.Stage;
import dev.archipelago.protocol.trial.TestScore;
import dev.archipelago.protocol.trial.TrialFailure;
import dev.archipelago.protocol.trial.TrialFailure.Category;
import dev.archipelago.protocol.wire.Fixtures;
import dev.archipelago.protocol.wire.ToController.Progress;
import dev.archipelago.worker.data.Datasets;
import dev.archipelago.worker.engine.Engine;
import dev.archipelago.worker.engine.EngineException;
import dev.archipelago.worker.engine.Network;
import dev.archipelago.worker.weights.WeightStores;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With real programs: shell scripts. */
class CommandRunTest {
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final Task TASK = new Task(new Shape(3, 1, 1), 2);

  @TempDir private Path directory;

  @BeforeEach
  void hasAShell() {
    assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "no /bin/sh here");
  }

  /** It is there only to have a device. */
  private record NoEngine(String device) implements Engine {
    @Override
    public String name() {
      return "none";
    }

    @Override
    public Network compile(NetworkPlan plan, long seed, int threads) {
      throw new AssertionError("a program needs no network");
    }

    @Override
    public void close() {}
  }

  @Test
  void tellsTheProgramAllItNeeds() throws IOException {
    run("cat > request.json; echo '{\"accuracy\": 0.5}'");
    JsonNode request = new ObjectMapper().readTree(directory.resolve("request.json").toFile());
    assertThat(request.path("search").asText()).isEqualTo(Fixtures.SEARCH.toString());
    assertThat(request.path("trial").asInt()).isEqualTo(17);
    assertThat(request.path("attempt").asInt()).isEqualTo(2);
    assertThat(request.path("stage").asText()).isEqualTo("search");
    assertThat(request.path("configuration").asInt()).isEqualTo(12);
    assertThat(request.path("architecture").toString())
        .isEqualTo("{\"layer_0/kernel\":\"5\",\"a/operation\":\"skip_connect\"}");
    assertThat(request.path("epochs").asInt()).isEqualTo(4);
    assertThat(request.path("max_epochs").asInt()).isEqualTo(9);
    assertThat(request.path("seed").asLong()).isEqualTo(-7_046_029_254_386_353_131L);
    assertThat(request.path("threads").asInt()).isEqualTo(2);
    assertThat(request.path("batch").asInt()).isEqualTo(128);
    assertThat(request.path("learning_rate").asDouble()).isEqualTo(0.05);
    assertThat(request.path("momentum").asDouble()).isEqualTo(0.9);
    assertThat(request.path("weight_decay").asDouble()).isEqualTo(3e-4);
    assertThat(request.path("gradient_clip").asDouble()).isEqualTo(5);
    assertThat(request.path("precision").asText()).isEqualTo("bf16");
    assertThat(request.path("augmentation").toString())
        .isEqualTo("{\"crop_padding\":4,\"flip\":true}");
    assertThat(request.path("dataset").path("name").asText()).isEqualTo("folder");
    assertThat(request.path("dataset").path("limit").asInt()).isEqualTo(5000);
    assertThat(request.path("dataset").path("classes").asInt()).isEqualTo(4);
    assertThat(request.path("split").path("seed").asLong()).isEqualTo(-3);
    assertThat(request.path("device").asText()).isEqualTo("cpu");
  }

  @Test
  void handsTheDatasetsPathOver() throws IOException {
    Path file = Files.writeString(directory.resolve("table.csv"), "1,a");
    assertThat(dataset("csv", file.toString()).path("path").asText()).isEqualTo(file.toString());
    String url = "s3://bucket/flowers?version=3";
    assertThat(dataset("external", url).path("path").asText()).isEqualTo(url);
    assertThat(dataset("cifar-10", "").path("path").asText("none")).isEmpty();
    Path home = Files.createDirectories(directory.resolve("cifar-10"));
    assertThat(dataset("cifar-10", "").path("path").asText()).isEqualTo(home.toString());
  }

  private JsonNode dataset(String name, String path) throws IOException {
    return dataset(name, path, new Examples.Images(0));
  }

  /** As the program is told of it. */
  private JsonNode dataset(String name, String path, Examples examples) throws IOException {
    Evaluation.Command command =
        new Evaluation.Command(
            List.of("sh", "-c", "cat > " + directory + "/request.json; echo '{\"accuracy\": 0.5}'"),
            LONG,
            4,
            12,
            Map.of());
    DatasetRef dataset = new DatasetRef(name, path, examples, TASK, 0);
    measure(assignment(Stage.SEARCH, command, dataset), progress -> {}, () -> false);
    return new ObjectMapper().readTree(directory.resolve("request.json").toFile()).path("dataset");
  }

  @Test
  void saysHowExamplesAreTakenOutOfTheFiles() throws IOException {
    JsonNode table = dataset("csv", "/data/a.csv", new Examples.Rows("species", "/data/b.csv"));
    assertThat(table.path("label").asText()).isEqualTo("species");
    assertThat(table.path("test").asText()).isEqualTo("/data/b.csv");
    assertThat(table.has("window")).isFalse();
    JsonNode text = dataset("text", "/data/a.txt", new Examples.Windows(24));
    assertThat(text.path("window").asInt()).isEqualTo(24);
    assertThat(text.has("label")).isFalse();
  }

  @Test
  void measuresWhatTheProgramWrites() {
    Measurement measurement =
        run(
            """
            echo loading
            echo '{"epoch": 1, "train_loss": 2.0, "loss": 1.5, "accuracy": 0.25}'
            echo '{"epoch": 2, "loss": 1.0, "accuracy": 0.5}'
            echo '{"epoch": 99, "loss": 1.0}'
            echo '{"accuracy": 0.75, "loss": 0.5, "examples": 200, "auc": 0.875, "note": "x"}'
            echo '{"latency_ms": 1.5, "params": 123, "flops": 4567, "test_accuracy": 0.9}'
            """);
    assertThat(measurement.validation()).contains(new Score(0.75, 0.5, 200));
    assertThat(measurement.test()).isEmpty();
    assertThat(measurement.curve()).extracting(Epoch::number).containsExactly(1, 2);
    assertThat(measurement.curve().get(0).trainLossNats()).isEqualTo(2);
    assertThat(measurement.curve().get(0).validation()).contains(new Score(0.25, 1.5, 0));
    assertThat(measurement.curve().get(1).trainLossNats()).isEqualTo(1);
    Duration latency = Duration.ofNanos(1_500_000);
    assertThat(measurement.latency()).containsExactly(new Latency(1, latency, latency));
    assertThat(measurement.params()).isEqualTo(123);
    assertThat(measurement.flops()).isEqualTo(4567);
    assertThat(measurement.metrics()).containsExactly(entry("auc", 0.875));
    assertThat(measurement.engine()).isEqualTo("command");
    assertThat(measurement.trainSeconds()).isPositive();
    assertThat(measurement.deviceSeconds()).isGreaterThanOrEqualTo(measurement.trainSeconds());
  }

  @Test
  void reportsTheCurveWhileTheProgramRuns() {
    Measurement measurement =
        run(
            Stage.SEARCH,
            """
            echo '{"epoch": 3, "loss": 1.25, "accuracy": 0.5}'
            while [ ! -e seen ]; do sleep 0.02; done
            """,
            LONG,
            progress -> {
              if (progress.epoch() == 3 && progress.lossNats() == 1.25) {
                write("seen");
              }
            },
            () -> false);
    assertThat(measurement.validation()).contains(new Score(0.5, 1.25, 0));
  }

  @Test
  void takesTheTestScoreInTheFinalStageOnly() {
    Measurement measurement =
        finalRun("{\"accuracy\": 0.5, \"test_accuracy\": 0.75, \"correct\": [1, 0, 1, true]}");
    assertThat(measurement.validation()).isEmpty();
    TestScore test = measurement.test().orElseThrow();
    assertThat(test.score().accuracy()).isEqualTo(0.75);
    assertThat(test.score().examples()).isEqualTo(4);
    assertThat(test.correct().stream()).containsExactly(0, 2, 3);
    TestScore bare = finalRun("{\"test_accuracy\": 0.75}").test().orElseThrow();
    assertThat(bare.correct().isEmpty()).isTrue();
    assertThat(bare.score().examples()).isZero();
    assertThatThrownBy(() -> finalRun("{\"accuracy\": 0.75}"))
        .hasMessageContaining("test_accuracy");
    assertThatThrownBy(() -> finalRun("{\"test_accuracy\": 0.75, \"correct\": [1, 0]}"))
        .hasMessageContaining("1 of 2");
  }

  @Test
  void aProgramMayJudgeByAMetricOfItsOwn() {
    Measurement measurement = run("echo '{\"perplexity\": 12.5}'");
    assertThat(measurement.validation()).isEmpty();
    assertThat(measurement.metrics()).containsExactly(entry("perplexity", 12.5));
    assertThat(finalRun("{\"perplexity\": 12.5}").test()).isEmpty();
  }

  @Test
  void saysWhyAProgramFailed() {
    TrialFailure failure = failure("echo working; echo 'no module named torch' >&2; exit 3");
    assertThat(failure.category()).isEqualTo(Category.PROGRAM);
    assertThat(failure.retryable()).isFalse();
    assertThat(failure.message())
        .contains("exit code 3")
        .contains("no module named torch")
        .contains("working");
    assertThat(failure("kill -9 $$").message()).contains("137").contains("memory");
  }

  @Test
  void refusesWhatIsNoResult() {
    assertThat(failure("true").message()).contains("{\"accuracy\": 0.9}").contains("nothing else");
    assertThat(failure("echo '{broken'; echo 0.9").message()).contains("{broken").contains("0.9");
    assertThat(failure("echo '{\"accuracy\": 91.5}'").message()).contains("fraction");
    assertThat(failure("echo '{\"accuracy\": \"high\"}'").message()).contains("no number");
    assertThat(failure("echo '{\"accuracy\": 0.5, \"latency_ms\": -1}'").message())
        .contains("latency_ms");
    TrialFailure diverged = failure("echo '{\"accuracy\": NaN}'");
    assertThat(diverged.category()).isEqualTo(Category.DIVERGED);
  }

  @Test
  void endsWithItsTimeout() {
    TrialFailure failure = failure("echo begun; sleep 100", Duration.ofSeconds(1));
    assertThat(failure.category()).isEqualTo(Category.TIMEOUT);
    assertThat(failure.retryable()).isFalse();
    assertThat(failure.message()).contains("1 s").contains("begun");
  }

  @Test
  void stopsWhenItIsCancelled() {
    assertThatThrownBy(
            () ->
                run(
                    Stage.SEARCH,
                    "echo > seen; sleep 100",
                    LONG,
                    progress -> {},
                    () -> Files.exists(directory.resolve("seen"))))
        .isInstanceOf(CancellationException.class);
  }

  @Test
  void anotherWorkerMayHaveTheProgram() {
    Evaluation.Command command =
        new Evaluation.Command(List.of("no-such-program"), LONG, 9, 1, Map.of());
    EngineException e =
        catchThrowableOfType(
            EngineException.class,
            () -> measure(assignment(Stage.SEARCH, command), progress -> {}, () -> false));
    assertThat(e.failure().category()).isEqualTo(Category.PROGRAM);
    assertThat(e.failure().retryable()).isTrue();
    assertThat(e.failure().message()).contains("no-such-program");
  }

  @Test
  void boundsTheMetrics() {
    Measurement measurement =
        run(
            """
            i=0
            while [ $i -lt 300 ]; do echo "{\\"m$i\\": $i}"; i=$((i + 1)); done
            echo '{"accuracy": 0.5}'
            """);
    assertThat(measurement.metrics()).hasSize(100);
    assertThat(measurement.validation()).isPresent();
  }

  @Test
  void setsTheEnvironment() {
    Measurement measurement =
        run(
            """
            echo "{\\"accuracy\\": 0.5, \\"threads\\": $OMP_NUM_THREADS}"
            echo "{\\"trial\\": $ARCHIPELAGO_TRIAL, \\"attempt\\": $ARCHIPELAGO_ATTEMPT}"
            """);
    assertThat(measurement.metrics())
        .containsExactly(entry("attempt", 2.0), entry("threads", 2.0), entry("trial", 17.0));
  }

  @Test
  void showsTheProgramItsOwnGpuOnly() {
    assertThat(visible("cpu", Map.of("CUDA_VISIBLE_DEVICES", "4"))).contains("");
    assertThat(visible("cuda", Map.of())).contains("0");
    assertThat(visible("cuda:1", Map.of())).contains("1");
    assertThat(visible("cuda:1", Map.of("CUDA_VISIBLE_DEVICES", "4, 6"))).contains("6");
    assertThat(request("cuda:1").document()).contains("\"device\":\"cuda:0\"");
  }

  private static Optional<String> visible(String device, Map<String, String> own) {
    return Optional.ofNullable(request(device).environment(own).get("CUDA_VISIBLE_DEVICES"));
  }

  private static CommandRequest request(String device) {
    Evaluation.Command command = new Evaluation.Command(List.of("x"), LONG, 9, 1, Map.of());
    return new CommandRequest(assignment(Stage.SEARCH, command), command, "", device);
  }

  private Measurement run(String script) {
    return run(Stage.SEARCH, script, LONG, progress -> {}, () -> false);
  }

  private Measurement finalRun(String line) {
    return run(Stage.FINAL, "echo '" + line + "'", LONG, progress -> {}, () -> false);
  }

  private TrialFailure failure(String script) {
    return failure(script, LONG);
  }

  private TrialFailure failure(String script, Duration timeout) {
    EngineException e =
        catchThrowableOfType(
            EngineException.class,
            () -> run(Stage.SEARCH, script, timeout, progress -> {}, () -> false));
    assertThat(e).as(script).isNotNull();
    return e.failure();
  }

  private Measurement run(
      Stage stage,
      String script,
      Duration timeout,
      Consumer<Progress> progress,
      BooleanSupplier cancelled) {
    Map<String, String> architecture = new LinkedHashMap<>();
    architecture.put("layer_0/kernel", "5");
    architecture.put("a/operation", "skip_connect");
    Evaluation.Command command =
        new Evaluation.Command(
            List.of("sh", "-c", "cd '" + directory + "'\n" + script), timeout, 4, 12, architecture);
    return measure(assignment(stage, command), progress, cancelled);
  }

  private Measurement measure(
      Assignment assignment, Consumer<Progress> progress, BooleanSupplier cancelled) {
    return new Evaluations(
            new Datasets(directory),
            new WeightStores.Directory(directory.resolve("weights")),
            System::nanoTime)
        .measure(
            assignment,
            new NoEngine("cpu"),
            new ProgressReports(Fixtures.ATTEMPT, 9, progress, System::nanoTime),
            cancelled);
  }

  private static Assignment assignment(Stage stage, Evaluation evaluation) {
    return assignment(stage, evaluation, Fixtures.assignment().dataset());
  }

  private static Assignment assignment(Stage stage, Evaluation evaluation, DatasetRef dataset) {
    Assignment like = Fixtures.assignment();
    return new Assignment(
        like.trial(),
        like.attempt(),
        stage,
        like.plan(),
        dataset,
        like.split(),
        evaluation,
        like.training(),
        like.profiling(),
        like.seed());
  }

  private void write(String file) {
    try {
      Files.writeString(directory.resolve(file), "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
