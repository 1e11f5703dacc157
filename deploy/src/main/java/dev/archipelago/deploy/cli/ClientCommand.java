package dev.archipelago.deploy.cli;

import dev.archipelago.deploy.exit.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** A command that asks a controller something and ends. */
@Command(mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // fields are set by picocli
abstract class ClientCommand implements Callable<Integer> {
  @ParentCommand private ArchipelagoCommand parent;
  @Spec private CommandSpec spec;
  @Mixin private ServerOptions server;
  @Mixin private JsonOption json;

  @Override
  public final Integer call() {
    Console console = Console.of(spec);
    try (Link link = Link.open(server, parent.host(), console)) {
      return run(link, console).code();
    }
  }

  abstract ExitCode run(Link link, Console console);

  final boolean isJson() {
    return json.isOn();
  }

  final Host host() {
    return parent.host();
  }
}
