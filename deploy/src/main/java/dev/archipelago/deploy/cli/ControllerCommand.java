package dev.archipelago.deploy.cli;

import dev.archipelago.deploy.embedded.RunningController;
import dev.archipelago.deploy.embedded.Tenancy;
import dev.archipelago.deploy.exit.CommandException;
import dev.archipelago.deploy.exit.ExitCode;
import dev.archipelago.deploy.logging.Logs;
import dev.archipelago.deploy.settings.ControllerConfig;
import dev.archipelago.deploy.settings.Layers;
import dev.archipelago.deploy.view.Hints;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Runs a controller until it is told to stop. */
@Command(
    name = "controller",
    mixinStandardHelpOptions = true,
    description = {
      "Runs a controller, for workers and commands of this machine or of others.",
      "",
      "Settings: flags, else environment variables, else the file of -c, else the defaults, all of"
          + " which stand in controller.conf (print it with --defaults)."
    })
@SuppressWarnings("NullAway.Init") // fields are set by picocli
final class ControllerCommand implements Callable<Integer> {
  @ParentCommand private ArchipelagoCommand parent;
  @Spec private CommandSpec command;

  @Option(names = "-c", paramLabel = "FILE", description = "Settings (HOCON).")
  private @Nullable Path file;

  @Option(names = "--defaults", description = "Prints all settings with their defaults.")
  private boolean defaults;

  @Option(names = "--http-host", paramLabel = "HOST", description = "Where HTTP is served.")
  private @Nullable String httpHost;

  @Option(names = "--http-port", paramLabel = "PORT", description = "Default: 8600; 0: any.")
  private @Nullable Integer httpPort;

  @Option(names = "--token", paramLabel = "TOKEN", description = "What HTTP clients must present.")
  private @Nullable String token;

  @Option(names = "--insecure", description = "Serve other machines without a token.")
  private boolean insecure;

  @Option(names = "--artery-host", paramLabel = "HOST", description = "Where workers join.")
  private @Nullable String arteryHost;

  @Option(names = "--artery-port", paramLabel = "PORT", description = "Default: 8610; 0: any.")
  private @Nullable Integer arteryPort;

  @Option(
      names = "--members",
      paramLabel = "HOST:PORT",
      split = ",",
      description = "All controllers of the cluster, this one among them.")
  private @Nullable List<String> members;

  @Option(names = "--jdbc-url", paramLabel = "URL", description = "The journal's database.")
  private @Nullable String jdbcUrl;

  @Option(names = "--jdbc-user", paramLabel = "USER", description = "Its user.")
  private @Nullable String jdbcUser;

  @Option(names = "--data-dir", paramLabel = "DIR", description = "Default: ~/.archipelago.")
  private @Nullable String dataDir;

  @Option(
      names = "--weights",
      paramLabel = "DIR",
      description =
          "Where the weights lie that workers keep here over HTTP. Those of searches that are over"
              + " are removed. Default: weights in --data-dir.")
  private @Nullable String weights;

  @Override
  public Integer call() {
    Console console = Console.of(command);
    if (defaults) {
      console.print(Defaults.of("controller"));
      return ExitCode.OK.code();
    }
    Host host = parent.host();
    ControllerConfig config =
        ControllerConfig.from(new Layers(flags(), host.environment(), Optional.ofNullable(file)));
    Tenancy tenancy = Tenancy.of(config.dataDirectory());
    if (tenancy instanceof Tenancy.Theirs theirs) {
      throw CommandException.badInput(
          "process "
              + theirs.pid()
              + " runs on "
              + config.dataDirectory()
              + "; give this controller another --data-dir");
    }
    try (Tenancy.Mine mine = (Tenancy.Mine) tenancy) {
      Logs.toFileAndConsole(config.dataDirectory().logs().resolve("controller.log"));
      try (RunningController controller = host.roles().controller(config)) {
        mine.publish(controller.endpoint());
        introduce(controller, config, console);
        return serve(controller, host.interrupts(), console).code();
      }
    }
  }

  private static void introduce(
      RunningController controller, ControllerConfig config, Console console) {
    console.say(
        "controller: "
            + controller.endpoint()
            + (config.token().isPresent() ? " (with the token)" : "")
            + ", data in "
            + config.dataDirectory());
    console.say(
        "workers join with: "
            + Hints.PROGRAM
            + " worker --join "
            + controller.gateway()
            + " --weights "
            + controller.endpoint());
    console.say(
        "search with: "
            + Hints.PROGRAM
            + " search examples/quickstart.yaml --server "
            + controller.endpoint());
  }

  /** Until the process is told to stop, or the controller cannot go on. */
  private static ExitCode serve(
      RunningController controller, Interrupts interrupts, Console console) {
    interrupts.listen();
    boolean ended =
        CompletableFuture.anyOf(
                interrupts.requested().thenApply(asked -> false).toCompletableFuture(),
                controller.terminated().thenApply(gone -> true).toCompletableFuture())
            .join()
            .equals(true);
    if (ended) {
      console.say("the controller has ended; its log says why. Start it again: nothing is lost.");
      return ExitCode.FAILED;
    }
    return ExitCode.OK;
  }

  private Map<String, Object> flags() {
    Map<String, Object> flags = new HashMap<>();
    put(flags, "http.host", httpHost);
    put(flags, "http.port", httpPort);
    put(flags, "http.token", token);
    put(flags, "http.insecure", insecure ? true : null);
    put(flags, "artery.host", arteryHost);
    put(flags, "artery.port", arteryPort);
    put(flags, "members", members);
    put(flags, "journal.url", jdbcUrl);
    put(flags, "journal.user", jdbcUser);
    put(flags, "data-dir", dataDir);
    put(flags, "weights", weights);
    return flags;
  }

  static void put(Map<String, Object> flags, String key, @Nullable Object value) {
    if (value != null) {
      flags.put(key, value);
    }
  }
}
