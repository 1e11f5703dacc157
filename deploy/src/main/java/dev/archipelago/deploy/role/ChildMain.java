package dev.archipelago.deploy.role;

import dev.archipelago.deploy.embedded.ParentWatch;
import dev.archipelago.deploy.exit.ExitCode;
import dev.archipelago.deploy.logging.Logs;
import dev.archipelago.deploy.settings.DataDirectory;
import dev.archipelago.deploy.settings.HostPort;
import dev.archipelago.deploy.settings.WorkerConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jline.utils.Signals;

/**
 * A worker as a child process of an embedded cluster.
 *
 * <p>A trial waits while this starts, so it does without a command line's comfort: three arguments,
 * name, engine and data directory. It ends at the end of its standard input.
 */
public final class ChildMain {
  private static final String LOOPBACK = "127.0.0.1";

  private ChildMain() {}

  public static void main(String[] arguments) throws InterruptedException {
    // Ctrl-C reaches all processes of the terminal; the parent answers it.
    Signals.register("INT", () -> {});
    Logs.toConsole();
    CompletionStage<String> join =
        ParentWatch.start(System.in, () -> Runtime.getRuntime().halt(ExitCode.OK.code()));
    WorkerConfig config =
        config(arguments[0], arguments[1], new DataDirectory(Path.of(arguments[2])));
    EngineLoading loading = new EngineLoading(config);
    HostPort address =
        HostPort.parse(join.toCompletableFuture().join())
            .orElseThrow(() -> new IllegalArgumentException("the parent gave no address"));
    RunningWorker worker = HostedWorker.start(config.joining(List.of(address)), loading);
    Runtime.getRuntime().addShutdownHook(new Thread(worker::close, "worker-stop"));
    String refusal = worker.await();
    System.err.println(refusal);
    System.exit(refusal.isEmpty() ? ExitCode.OK.code() : ExitCode.FAILED.code());
  }

  /** Without controllers: those become known when the parent's has started. */
  static WorkerConfig config(String name, String engine, DataDirectory directory) {
    return new WorkerConfig(
        List.of(),
        Optional.of(name),
        engine,
        "cpu",
        0,
        0,
        0, // a round trip to the parent takes a millisecond: nothing is fetched ahead
        WorkerConfig.faults(System.getenv()),
        directory,
        Optional.of(LOOPBACK),
        0);
  }
}
