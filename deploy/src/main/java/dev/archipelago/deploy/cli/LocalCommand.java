package dev.archipelago.deploy.cli;

import dev.archipelago.deploy.exit.CommandException;
import dev.archipelago.deploy.exit.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that needs no controller. */
@Command(mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // fields are set by picocli
abstract class LocalCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private JsonOption json;

  @Override
  public final Integer call() {
    return run(Console.of(spec)).code();
  }

  abstract ExitCode run(Console console);

  final boolean isJson() {
    return json.isOn();
  }

  final Host host() {
    return ((ArchipelagoCommand) spec.root().userObject()).host();
  }

  /**
   * Refuses those of the options that were given.
   *
   * @param why as in {@code "flops-argmax evaluates nothing"}
   */
  final void refuse(String why, String... options) {
    for (String option : options) {
      if (spec.commandLine().getParseResult().hasMatchedOption(option)) {
        throw CommandException.badInput(option + ": " + why + "; leave it out");
      }
    }
  }
}
