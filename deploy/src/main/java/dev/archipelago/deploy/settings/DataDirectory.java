package dev.archipelago.deploy.settings;

import dev.archipelago.deploy.exit.CommandException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * All that Archipelago keeps on this machine.
 *
 * @param root absolute
 */
public record DataDirectory(Path root) {

  /** The one given, else that of {@code ARCHIPELAGO_DATA_DIR}, else {@code ~/.archipelago}. */
  public static DataDirectory of(Optional<Path> given, Map<String, String> environment) {
    Path root =
        given
            .or(
                () ->
                    Optional.ofNullable(environment.get("ARCHIPELAGO_DATA_DIR"))
                        .filter(text -> !text.isBlank())
                        .map(Path::of))
            .orElseGet(Settings::home);
    return new DataDirectory(root.toAbsolutePath().normalize());
  }

  /** Whether this is where things are kept when nobody says otherwise. */
  public boolean isDefault(Map<String, String> environment) {
    return equals(of(Optional.empty(), environment));
  }

  public Path logs() {
    return root.resolve("logs");
  }

  /** Where data sets lie that a spec names without a path. */
  public Path datasets() {
    return root.resolve("datasets");
  }

  /** Where the checkpoints of trainings lie that may go on, unless the worker is told otherwise. */
  public Path weights() {
    return root.resolve("weights");
  }

  /** Where a worker keeps its lease and the outcomes that nobody has acknowledged. */
  public Path worker(String name) {
    return root.resolve("workers").resolve(name);
  }

  /** Held locked by the process that runs this directory's controller. */
  public Path lock() {
    return root.resolve("lock");
  }

  /** Where that process answers. */
  public Path endpoint() {
    return root.resolve("endpoint.json");
  }

  /**
   * The journal's JDBC URL. {@code WRITE_DELAY=0}: a commit is on disk when it returns; with the
   * default a kill loses the last half second.
   */
  public String journalUrl() {
    return "jdbc:h2:file:"
        + root.resolve("journal").resolve("archipelago")
        + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE";
  }

  /**
   * Makes the directory where it is missing.
   *
   * @throws CommandException if it cannot be used
   */
  public DataDirectory create() {
    if (root.toString().indexOf(';') >= 0) {
      throw CommandException.badInput(
          "--data-dir: " + root + ": the journal's database allows no ';' in its path");
    }
    try {
      Files.createDirectories(logs());
    } catch (IOException e) {
      throw CommandException.badInput(
          "--data-dir: cannot create "
              + root
              + " ("
              + e.getClass().getSimpleName()
              + "); choose another one with --data-dir");
    }
    if (!Files.isWritable(root)) {
      throw CommandException.badInput(
          "--data-dir: " + root + " is not writable; choose another one with --data-dir");
    }
    return this;
  }

  @Override
  public String toString() {
    return root.toString();
  }
}
