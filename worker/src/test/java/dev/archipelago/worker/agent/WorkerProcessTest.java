package dev.archipelago.worker.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.archipelago.protocol.device.Device;
import dev.archipelago.protocol.trial.Outcome;
import dev.archipelago.protocol.wire.Fixtures;
import dev.archipelago.protocol.wire.ProtocolVersion;
import dev.archipelago.protocol.wire.ToController.Goodbye;
import dev.archipelago.protocol.wire.ToController.Heartbeat;
import dev.archipelago.protocol.wire.ToController.Hello;
import dev.archipelago.protocol.wire.ToController.Report;
import dev.archipelago.protocol.wire.ToWorker.Acknowledged;
import dev.archipelago.protocol.wire.ToWorker.Assign;
import dev.archipelago.protocol.wire.ToWorker.Refused;
import dev.archipelago.protocol.wire.ToWorker.Welcome;
import dev.archipelago.worker.measure.DeviceMeter;
import dev.archipelago.worker.weights.WeightStores;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two actor systems, real time, real sockets: what manual time cannot show. */
class WorkerProcessTest {
  private static final Duration HEARTBEAT = Duration.ofMillis(500);

  @TempDir private Path directory;
  private final FakeEngine engine = new FakeEngine();
  private int port;
  private WorkerProcess worker;

  @BeforeEach
  void startWorker() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    worker = WorkerProcess.start(settings(), engine, DeviceMeter.NONE);
  }

  @AfterEach
  void stopWorker() throws Exception {
    worker.stop();
    end();
  }

  @Test
  void joinsControllersThatStartLaterAndOwesThemNothing() throws Exception {
    try (FakeController controller = new FakeController(port)) {
      Hello hello = controller.expect(Hello.class);
      assertThat(hello.worker().name()).isEqualTo("gpu-1");
      assertThat(hello.description().engine()).isEqualTo("fake");
      hello.replyTo().tell(new Welcome(ProtocolVersion.CURRENT, HEARTBEAT));
      // Its folder of flowers is not there: a failure is an outcome, too.
      hello.replyTo().tell(new Assign(Fixtures.assignment()));
      Outcome outcome = controller.expect(Report.class).outcome();
      assertThat(outcome).isInstanceOf(Outcome.Failed.class);
      assertThat(directory.resolve("spool/20260102-0304-quickstart-17-2.pb")).exists();
    }
    // It acknowledged nothing; its successor gets the report again.
    try (FakeController successor = new FakeController(port)) {
      Hello hello = successor.expect(Hello.class);
      assertThat(hello.held()).containsExactly(Fixtures.ATTEMPT);
      hello.replyTo().tell(new Welcome(ProtocolVersion.CURRENT, HEARTBEAT));
      successor.expect(Report.class).replyTo().tell(new Acknowledged(Fixtures.ATTEMPT));
      successor.expect(Heartbeat.class);
      worker.stop();
      successor.expect(Goodbye.class);
      assertThat(end()).isEqualTo(new WorkerProcess.End(0, "the worker was stopped"));
      assertThat(directory.resolve("spool")).isEmptyDirectory();
      assertThat(engine.isClosed()).isTrue();
    }
  }

  @Test
  void endsWithCodeTwoWhenItIsRefused() throws Exception {
    try (FakeController controller = new FakeController(port)) {
      controller.expect(Hello.class).replyTo().tell(new Refused(9, "version 9 is spoken here"));
      assertThat(end()).isEqualTo(new WorkerProcess.End(2, "version 9 is spoken here"));
    }
  }

  @Test
  void hasItsDirectoryForItself() {
    assertThatThrownBy(() -> WorkerProcess.start(settings(), engine, DeviceMeter.NONE))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("another worker process");
  }

  private WorkerProcess.End end()
      throws InterruptedException, ExecutionException, TimeoutException {
    return worker
        .end()
        .toCompletableFuture()
        .get(FakeController.PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  private WorkerSettings settings() {
    return new WorkerSettings(
        "gpu-1",
        directory,
        List.of("127.0.0.1:" + port),
        "127.0.0.1",
        0,
        1,
        Device.of("cpu", "", 0),
        0,
        List.of(),
        directory.resolve("datasets"),
        new WeightStores.Directory(directory.resolve("weights")));
  }
}
