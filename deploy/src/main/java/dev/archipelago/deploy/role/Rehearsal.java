package dev.archipelago.deploy.role;

import dev.archipelago.deploy.client.ApiClient;
import dev.archipelago.deploy.embedded.ParentWatch;
import dev.archipelago.deploy.embedded.RunningController;
import dev.archipelago.deploy.exit.ExitCode;
import dev.archipelago.deploy.settings.DataDirectory;
import dev.archipelago.deploy.settings.WorkerConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Starts a controller and a worker, lets them meet, and ends: what it loads is what every later
 * process of this program loads, and the JVM writes that down ({@code -XX:ArchiveClassesAtExit}).
 *
 * <p>One argument: a directory that may be filled.
 */
public final class Rehearsal {
  private static final int PATIENCE_SECONDS = 60;

  private Rehearsal() {}

  public static void main(String[] arguments) throws InterruptedException {
    ParentWatch.start(System.in, Rehearsal::kill);
    DataDirectory directory = new DataDirectory(Path.of(arguments[0]));
    try (RunningController controller =
        new ProductRoles().embedded().start(directory, "rehearsal")) {
      WorkerConfig config =
          ChildMain.config("worker-1", "torch", directory).joining(List.of(controller.gateway()));
      try (RunningWorker worker = HostedWorker.start(config, Engines.of(config))) {
        ApiClient client = new ApiClient(controller.endpoint());
        for (int i = 0; i < PATIENCE_SECONDS && client.workers().value().workers().isEmpty(); i++) {
          TimeUnit.SECONDS.sleep(1);
        }
      }
    }
    System.exit(ExitCode.OK.code());
  }

  /** A JVM that halts would write its classes down first. */
  private static void kill() {
    try {
      new ProcessBuilder("kill", "-9", String.valueOf(ProcessHandle.current().pid())).start();
    } catch (IOException e) {
      Runtime.getRuntime().halt(ExitCode.FAILED.code());
    }
  }
}
