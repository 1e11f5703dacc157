package dev.archipelago.deploy.role;

import dev.archipelago.deploy.embedded.ParentWatch;
import dev.archipelago.deploy.exit.ExitCode;
import dev.archipelago.deploy.logging.Logs;
import dev.archipelago.deploy.settings.DataDirectory;
import dev.archipelago.deploy.settings.HostPort;
import dev.archipelago.deploy.settings.WorkerConfig;
import dev.archipelago.worker.weights.WeightStores;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jline.utils.Signals;

/**
 * A worker as a child process of an embedded cluster.
 *
 * <p>A trial may wait while this starts, so it does without a command line's comfort: engine, data
 * directory, {@code spare} if it has time to warm up, and the device. Its standard input says where
 * to join and under which name; it ends when that ends.
 */
public final class ChildMain {
  private static final String LOOPBACK = "127.0.0.1";

  private ChildMain() {}

  public static void main(String[] arguments) throws InterruptedException {
    // Ctrl-C reaches all processes of the terminal; the parent answers it.
    Signals.register("INT", () -> {});
    Logs.toConsole();
    CompletionStage<String> place =
        ParentWatch.start(System.in, () -> Runtime.getRuntime().halt(ExitCode.OK.code()));
    String engine = arguments[0];
    DataDirectory directory = new DataDirectory(Path.of(arguments[1]));
    String device = arguments[3];
    EngineLoading loading = new EngineLoading(config("", List.of(), engine, device, directory));
    if (arguments[2].equals("spare")) {
      WarmUp.run(config("spare", List.of(nobody()), engine, device, directory), loading);
    }
    String[] line = place.toCompletableFuture().join().split(" ", 2);
    List<HostPort> controllers = List.of(HostPort.parse(line[0]).orElseThrow());
    RunningWorker worker =
        HostedWorker.start(config(line[1], controllers, engine, device, directory), loading);
    Runtime.getRuntime().addShutdownHook(new Thread(worker::close, "worker-stop"));
    String refusal = worker.await();
    System.err.println(refusal);
    System.exit(refusal.isEmpty() ? ExitCode.OK.code() : ExitCode.FAILED.code());
  }

  private static WorkerConfig config(
      String name,
      List<HostPort> controllers,
      String engine,
      String device,
      DataDirectory directory) {
    return new WorkerConfig(
        controllers,
        Optional.of(name),
        engine,
        device,
        "",
        Optional.empty(),
        0,
        0,
        0, // a round trip to the parent takes a millisecond: nothing is fetched ahead
        WorkerConfig.faults(System.getenv()),
        directory,
        new WeightStores.Directory(directory.weights()),
        Optional.of(LOOPBACK),
        0);
  }

  /** An address at which nobody listens (the discard port). */
  private static HostPort nobody() {
    return new HostPort(LOOPBACK, 9);
  }
}
