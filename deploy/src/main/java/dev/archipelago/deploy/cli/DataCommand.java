package dev.archipelago.deploy.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Data sets: which there are, whether they are whole, how they come here. */
@Command(
    name = "data",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Lists, checks and fetches data sets.",
    subcommands = {DataListCommand.class, DataCheckCommand.class, DataFetchCommand.class})
@SuppressWarnings("NullAway.Init") // fields are set by picocli
final class DataCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "Say what to do with data: list, check NAME or fetch NAME");
  }
}
