package dev.archipelago.deploy.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The program itself: says what can be done. */
@Command(
    name = "archipelago",
    description = "Searches neural network architectures, on one machine or on many.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footer = {
      "",
      "Start here:  ./archipelago search examples/quickstart.yaml",
      "",
      "Exit codes: 0 done, 1 failed at run time, 2 bad input, 130 interrupted and resumable."
    },
    subcommands = {
      SearchCommand.class,
      ResumeCommand.class,
      PauseCommand.class,
      CancelCommand.class,
      ListCommand.class,
      StatusCommand.class,
      WatchCommand.class,
      TrialsCommand.class,
      BestCommand.class,
      ExplainCommand.class,
      ExportCommand.class,
      ConvertCommand.class,
      WorkersCommand.class,
      ControllerCommand.class,
      WorkerRoleCommand.class,
      ValidateCommand.class,
      ForecastCommand.class,
      SpaceCommand.class,
      CompareCommand.class,
      DataCommand.class,
      BenchCommand.class,
      DoctorCommand.class
    })
final class ArchipelagoCommand implements Runnable {
  private final Host host;

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  ArchipelagoCommand(Host host) {
    this.host = host;
  }

  Host host() {
    return host;
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
