package dev.archipelago.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.archipelago.protocol.space.NetworkPlan;
import dev.archipelago.protocol.space.PlanBuilder;
import dev.archipelago.protocol.space.Shape;
import dev.archipelago.protocol.space.Task;
import dev.archipelago.protocol.trial.Precision;
import dev.archipelago.protocol.trial.Proxy;
import dev.archipelago.protocol.trial.TrialFailure.Category;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FaultInjectionTest {
  private static final Task TASK = new Task(new Shape(1, 2, 2), 2);
  private static final Network.Sgd SGD = new Network.Sgd(0.1, 0, 0, 0);

  private final Engine engine = new FakeEngine();
  private final Batch batch = ArraySource.patches(TASK, 4, 1, false).batch(4);

  /** An engine for which every plan is a softmax regression. */
  private record FakeEngine() implements Engine {
    @Override
    public String name() {
      return "fake";
    }

    @Override
    public String device() {
      return "cpu";
    }

    @Override
    public Network compile(NetworkPlan plan, long seed, int threads) {
      return new SoftmaxRegression(4, 2);
    }

    @Override
    public void close() {}
  }

  private static NetworkPlan plan() {
    PlanBuilder plan = new PlanBuilder(TASK.input());
    return plan.classifier(plan.input(), TASK.classes());
  }

  private static Engine on(Engine engine, int trial, int attempt, String... rules) {
    return FaultInjection.parse(List.of(rules)).on(engine, trial, attempt);
  }

  @Test
  void leavesOtherTrialsAlone() {
    assertThat(FaultInjection.NONE.on(engine, 0, 1)).isSameAs(engine);
    assertThat(on(engine, 4, 1, "3:crash", "5:diverge")).isSameAs(engine);
  }

  @Test
  void faultsOnlyTheFirstAttemptsWhereANumberIsGiven() {
    assertThat(on(engine, 3, 1, "3:crash:2")).isNotSameAs(engine);
    assertThat(on(engine, 3, 2, "3:crash:2")).isNotSameAs(engine);
    assertThat(on(engine, 3, 3, "3:crash:2")).isSameAs(engine);
    assertThat(on(engine, 3, 99, "3:crash")).isNotSameAs(engine);
  }

  @Test
  void divergesAtTheThirdStep() {
    try (Network network = on(engine, 0, 1, "0:diverge").compile(plan(), 1, 1)) {
      assertThat(network.step(batch, SGD)).isFinite();
      assertThat(network.step(batch, SGD)).isFinite();
      assertThat(network.step(batch, SGD)).isNaN();
    }
  }

  @Test
  void findsNoMemory() {
    try (Network network = on(engine, 0, 1, "0:out_of_memory").compile(plan(), 1, 1)) {
      assertThatThrownBy(() -> network.step(batch, SGD))
          .isInstanceOfSatisfying(
              EngineException.class,
              e -> assertThat(e.failure().category()).isEqualTo(Category.OUT_OF_MEMORY));
    }
  }

  @Test
  void crashesTheProcessForReal(@TempDir Path directory) throws Exception {
    Path report = directory.resolve("hs_err.log");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto",
                "-XX:-CreateCoredumpOnCrash",
                "-XX:ErrorFile=" + report,
                "-cp",
                System.getProperty("java.class.path"),
                FaultInjectionTest.class.getName())
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("output").toFile())
            .start();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isNotZero();
    assertThat(Files.readString(report)).contains("SIGSEGV");
  }

  /** What {@link #crashesTheProcessForReal} starts. */
  public static void main(String[] arguments) {
    try (Network network = on(new FakeEngine(), 3, 1, "3:crash:1").compile(plan(), 1, 1)) {
      network.step(ArraySource.patches(TASK, 4, 1, false).batch(4), SGD);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "3", "3:explode", "x:crash", "3:crash:x", "3:crash:1:1"})
  void refusesMalformedRules(String rule) {
    assertThatThrownBy(() -> FaultInjection.parse(List.of(rule)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("TRIAL:FAULT")
        .hasMessageContaining("\"" + rule + "\"");
  }

  @Test
  void proxiesGoWrongToo() {
    Network diverging = on(engine, 3, 1, "3:diverge").compile(plan(), 1, 1);
    assertThat(diverging.score(Proxy.SYNFLOW, batch)).isNaN();
    Network full = on(engine, 3, 1, "3:out_of_memory").compile(plan(), 1, 1);
    assertThatThrownBy(() -> full.score(Proxy.SYNFLOW, batch)).isInstanceOf(EngineException.class);
  }

  @Test
  void anEngineWithFloat32AloneSaysSo() {
    assertThat(engine.compile(plan(), 1, 1, Precision.FLOAT32).fallbacks()).isZero();
    for (Engine refusing : List.of(engine, on(engine, 3, 1, "3:diverge"))) {
      assertThatThrownBy(() -> refusing.compile(plan(), 1, 1, Precision.BF16))
          .isInstanceOfSatisfying(
              EngineException.class,
              e -> assertThat(e.failure().category()).isEqualTo(Category.INVALID_PLAN))
          .hasMessage("engine fake has no bf16: use torch");
    }
  }

  @Test
  void anEngineWithoutProxiesSaysSo() {
    Network network = engine.compile(plan(), 1, 1);
    assertThatThrownBy(() -> network.score(Proxy.NASWOT, batch))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("naswot");
  }
}
