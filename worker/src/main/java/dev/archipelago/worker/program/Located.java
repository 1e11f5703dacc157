package dev.archipelago.worker.program;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds a command's program as a shell does. Where it runs in a session of its own, another program
 * starts it, whose "not found" would be an exit code like any other.
 */
final class Located {
  private Located() {}

  /**
   * @param path directories, as in the environment variable
   * @return the command with its program's path
   * @throws IOException saying where it was looked for
   */
  static List<String> on(@Nullable String path, List<String> command) throws IOException {
    String program = command.get(0);
    List<String> located = new ArrayList<>(command);
    located.set(0, find(path == null ? "" : path, program).toString());
    return located;
  }

  private static Path find(String path, String program) throws IOException {
    if (program.contains("/") || program.contains(File.separator)) {
      Path file = Path.of(program).toAbsolutePath();
      if (isProgram(file)) {
        return file;
      }
      throw new IOException(
          file + (Files.exists(file) ? " is not an executable file" : " does not exist"));
    }
    for (String directory : path.split(Pattern.quote(File.pathSeparator))) {
      Path file = Path.of(directory, program).toAbsolutePath();
      if (isProgram(file)) {
        return file;
      }
    }
    throw new IOException("no program " + program + " on the PATH " + path);
  }

  private static boolean isProgram(Path file) {
    return Files.isRegularFile(file) && Files.isExecutable(file);
  }
}
