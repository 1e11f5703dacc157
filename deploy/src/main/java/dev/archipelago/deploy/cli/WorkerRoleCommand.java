package dev.archipelago.deploy.cli;

import dev.archipelago.deploy.device.Devices;
import dev.archipelago.deploy.embedded.ParentWatch;
import dev.archipelago.deploy.exit.CommandException;
import dev.archipelago.deploy.exit.ExitCode;
import dev.archipelago.deploy.logging.Logs;
import dev.archipelago.deploy.role.RunningWorker;
import dev.archipelago.deploy.settings.HostPort;
import dev.archipelago.deploy.settings.Layers;
import dev.archipelago.deploy.settings.WorkerConfig;
import dev.archipelago.deploy.view.Format;
import dev.archipelago.protocol.device.Device;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jline.utils.Signals;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Runs a worker until it is told to stop. */
@Command(
    name = "worker",
    mixinStandardHelpOptions = true,
    description = {
      "Runs a worker: joins a controller, or waits for one, and trains what it is given.",
      "",
      "One worker for each GPU, or for each part of a CPU: --devices starts several of them as"
          + " processes of one, and again when they die. Settings: flags, else environment"
          + " variables, else the file of -c, else the defaults, all of which stand in worker.conf"
          + " (print it with --defaults)."
    })
@SuppressWarnings("NullAway.Init") // fields are set by picocli
final class WorkerRoleCommand implements Callable<Integer> {
  @ParentCommand private ArchipelagoCommand parent;
  @Spec private CommandSpec command;

  @Option(names = "-c", paramLabel = "FILE", description = "Settings (HOCON).")
  private @Nullable Path file;

  @Option(names = "--defaults", description = "Prints all settings with their defaults.")
  private boolean defaults;

  @Option(
      names = "--join",
      paramLabel = "HOST:PORT",
      split = ",",
      description =
          "Controllers; the next one is tried when one is silent. Default: this machine's.")
  private @Nullable List<String> join;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "What it is called, also after a restart. Default: host name and process id.")
  private @Nullable String name;

  @Option(names = "--engine", paramLabel = "ENGINE", description = "torch or dl4j. Default: torch.")
  private @Nullable String engine;

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      description =
          "cpu or cuda:0. Default: auto, which is the first GPU that the engine can use, or else"
              + " the CPU.")
  private @Nullable String device;

  @Option(
      names = "--devices",
      paramLabel = "LIST",
      description =
          "One process for each: all (every GPU that the engine can use), cuda:0,cuda:1, cpu or"
              + " 2xcpu. They are called NAME-0, NAME-1, ... and share the cores.")
  private @Nullable String devices;

  @Option(
      names = "--declare-device",
      paramLabel = "ID,NAME,SIZE",
      description =
          "Only for drills of scheduling: says that it has another device than the one it computes"
              + " on, \"cuda:0,NVIDIA H200,139g\" for instance.")
  private @Nullable String declared;

  @Option(
      names = "--child",
      hidden = true,
      description = "Ends at the end of standard input: it is a process of another's --devices.")
  private boolean child;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "CPU threads of the engine. Default: what a trial's training asks for.")
  private @Nullable Integer threads;

  @Option(
      names = "--memory-limit",
      paramLabel = "SIZE",
      description = "What a trial may use, 4g for instance. Default: no limit.")
  private @Nullable String memoryLimit;

  @Option(
      names = "--prefetch",
      paramLabel = "N",
      description = "Trials to hold beside the one in training. Default: 1.")
  private @Nullable Integer prefetch;

  @Option(names = "--data-dir", paramLabel = "DIR", description = "Default: ~/.archipelago.")
  private @Nullable String dataDir;

  @Option(
      names = "--weights",
      paramLabel = "DIR|URL",
      description =
          "Where the workers of a cluster keep the weights from which others go on: a directory"
              + " that all of them share, or the controller's HTTP address, such as"
              + " http://127.0.0.1:8600. Default: weights in --data-dir.")
  private @Nullable String weights;

  @Option(
      names = "--token",
      paramLabel = "TOKEN",
      description =
          "What the controller of --weights demands of HTTP clients; else ARCHIPELAGO_HTTP_TOKEN.")
  private @Nullable String token;

  @Override
  public Integer call() throws InterruptedException {
    Console console = Console.of(command);
    if (defaults) {
      console.print(Defaults.of("worker"));
      return ExitCode.OK.code();
    }
    Host host = parent.host();
    WorkerConfig config =
        WorkerConfig.from(new Layers(flags(), host.environment(), Optional.ofNullable(file)));
    Choice.of("--engine", config.engine(), EmbeddedOptions.ENGINES);
    config.dataDirectory().create();
    if (!config.devices().isEmpty() && !child) {
      return new DeviceWorkers(host, console, config, flags(), Optional.ofNullable(file)).run();
    }
    String log = "worker" + config.name().map(text -> "-" + text).orElse("") + ".log";
    Logs.toFileAndConsole(config.dataDirectory().logs().resolve(log));
    Devices.Choice choice =
        config.device().equals(Devices.CPU)
            ? new Devices.Choice(Devices.CPU, "")
            : host.roles().devices(config.engine()).choose(config.device(), "--device");
    RunningWorker worker = host.roles().worker(config.on(choice.id()));
    console.say(
        "worker: "
            + config.engine()
            + " on "
            + choice
            + config.declared().map(WorkerRoleCommand::declares).orElse("")
            + ", joins "
            + config.join().stream().map(HostPort::toString).collect(Collectors.joining(", "))
            + ", data in "
            + config.dataDirectory()
            + ", weights in "
            + config.weights());
    host.interrupts().requested().thenRunAsync(worker::close);
    host.interrupts().listen();
    if (child) {
      Signals.register("INT", () -> {}); // Ctrl-C reaches all of the terminal's; the parent answers
      ParentWatch.start(System.in, host.interrupts()::request);
    }
    String refusal = worker.await();
    if (!refusal.isEmpty()) {
      throw CommandException.badInput(refusal);
    }
    return ExitCode.OK.code();
  }

  private static String declares(Device device) {
    return ", declared as "
        + device.id()
        + " ("
        + device.name()
        + ", "
        + Format.bytes(device.memoryBytes())
        + ")";
  }

  private Map<String, Object> flags() {
    Map<String, Object> flags = new HashMap<>();
    ControllerCommand.put(flags, "join", join);
    ControllerCommand.put(flags, "name", name);
    ControllerCommand.put(flags, "engine", engine);
    ControllerCommand.put(flags, "device", device);
    ControllerCommand.put(flags, "devices", devices);
    ControllerCommand.put(flags, "declare-device", declared);
    ControllerCommand.put(flags, "threads", threads);
    ControllerCommand.put(flags, "memory-limit", memoryLimit);
    ControllerCommand.put(flags, "prefetch", prefetch);
    ControllerCommand.put(flags, "data-dir", dataDir);
    ControllerCommand.put(flags, "weights", weights);
    ControllerCommand.put(flags, "token", token);
    return flags;
  }
}
