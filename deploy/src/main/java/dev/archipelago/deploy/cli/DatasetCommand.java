package dev.archipelago.deploy.cli;

import dev.archipelago.deploy.settings.DataDirectory;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A command that needs no controller and looks at data sets. */
abstract class DatasetCommand extends LocalCommand {
  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "Where data sets lie; else ARCHIPELAGO_DATA_DIR, else ~/.archipelago.")
  private @Nullable Path dataDir;

  final DataDirectory dataDirectory() {
    return DataDirectory.of(Optional.ofNullable(dataDir), host().environment());
  }
}
