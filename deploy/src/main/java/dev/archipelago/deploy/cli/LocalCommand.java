package dev.archipelago.deploy.cli;

import dev.archipelago.deploy.exit.ExitCode;
import dev.archipelago.deploy.settings.DataDirectory;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A command that needs no controller. */
@Command(mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // fields are set by picocli
abstract class LocalCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private JsonOption json;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "Where data sets lie; else ARCHIPELAGO_DATA_DIR, else ~/.archipelago.")
  private @Nullable Path dataDir;

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

  final DataDirectory dataDirectory() {
    return DataDirectory.of(Optional.ofNullable(dataDir), host().environment());
  }
}
