package dev.archipelago.deploy.embedded;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The program's classes as the JVM maps them into memory (class data sharing): with it a worker
 * that was killed is back in half the time.
 *
 * <p>It lies beside the directory of jars, is made once for each build by a process beside the
 * first search, and is only a help: where it is missing, old, or the place cannot be written,
 * everything works without.
 *
 * @param file {@code classes.jsa}
 * @param jars the directory of jars that it was made of
 */
record ClassArchive(Path file, Path jars) {
  private static final Logger LOG = LoggerFactory.getLogger(ClassArchive.class);
  private static final String OWN_JAR = "archipelago-deploy-";

  /**
   * Empty where the class path is not a directory of jars, in a development environment for one.
   */
  static Optional<ClassArchive> of(String classPath) {
    Optional<Path> own = Optional.empty();
    for (String entry : classPath.split(File.pathSeparator, -1)) {
      Path path = Path.of(entry);
      if (!entry.endsWith(".jar") || path.getParent() == null) {
        return Optional.empty();
      }
      if (String.valueOf(path.getFileName()).startsWith(OWN_JAR)) {
        own = Optional.ofNullable(path.toAbsolutePath().getParent());
      }
    }
    return own.map(jars -> new ClassArchive(jars.resolveSibling("classes.jsa"), jars));
  }

  /** Whether it is there and newer than every jar. */
  boolean isFresh() {
    try (Stream<Path> files = Files.list(jars)) {
      FileTime made = Files.getLastModifiedTime(file);
      for (Path jar : (Iterable<Path>) files::iterator) {
        if (Files.getLastModifiedTime(jar).compareTo(made) >= 0) {
          return false;
        }
      }
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  boolean canBeMade() {
    return Files.isWritable(file.getParent());
  }

  /**
   * Makes it in the background.
   *
   * @param java the command that starts a JVM, with its options
   * @param mainClass loads what is to be in it, with a directory to fill as its argument
   * @param scratch that directory
   */
  void make(List<String> java, String classPath, String mainClass, Path scratch) {
    Path fresh = file.resolveSibling("classes-" + ProcessHandle.current().pid() + ".new");
    List<String> command = new ArrayList<>(java);
    command.add("-XX:ArchiveClassesAtExit=" + fresh);
    command.addAll(List.of("-cp", classPath, mainClass, scratch.toString()));
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(Files.createDirectories(scratch).resolve("log").toFile())
              .start();
      process.onExit().thenAccept(ended -> take(ended.exitValue(), fresh));
    } catch (IOException e) {
      LOG.info("no class archive: {}", e.toString());
    }
  }

  private void take(int exit, Path fresh) {
    try {
      if (exit == 0 && Files.exists(fresh)) {
        Files.move(
            fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      }
      Files.deleteIfExists(fresh);
      LOG.info("class archive: exit code {}", exit);
    } catch (IOException e) {
      LOG.info("no class archive: {}", e.toString());
    }
  }
}
