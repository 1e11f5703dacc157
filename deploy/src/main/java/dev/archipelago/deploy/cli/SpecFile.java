package dev.archipelago.deploy.cli;

import dev.archipelago.controller.spec.DatasetProbe;
import dev.archipelago.controller.spec.Evaluator;
import dev.archipelago.controller.spec.SearchSpec;
import dev.archipelago.controller.spec.SpecParser;
import dev.archipelago.deploy.client.Submission;
import dev.archipelago.deploy.exit.CommandException;
import dev.archipelago.deploy.exit.Nearest;
import dev.archipelago.protocol.trial.Examples;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A spec on the command line, and what is to be changed in it. */
@SuppressWarnings("NullAway.Init") // fields are set by picocli
final class SpecFile {
  private static final long LARGEST_BYTES = 1 << 20;

  @Parameters(paramLabel = "SPEC", description = "The search spec, a YAML file (docs/spec.md).")
  private Path file;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Changes the spec: --set budget.trials=4. May be repeated.")
  private List<String> changes = new ArrayList<>();

  @Option(names = "--name", paramLabel = "NAME", description = "What the search is called.")
  private @Nullable String name;

  /**
   * The text.
   *
   * @throws CommandException if there is no such file, or it is no text
   */
  String text() {
    if (Files.isDirectory(file)) {
      throw CommandException.badInput(file + " is a directory; give a search spec in it");
    }
    if (!Files.exists(file)) {
      throw CommandException.badInput(
          "there is no file " + file + Nearest.hint(file.toString(), near()));
    }
    try {
      if (Files.size(file) > LARGEST_BYTES) {
        throw CommandException.badInput(file + " is larger than 1 MiB: that is no search spec");
      }
      return Files.readString(file);
    } catch (CharacterCodingException e) {
      throw CommandException.badInput(file + " is not text in UTF-8");
    } catch (IOException e) {
      throw CommandException.badInput("cannot read " + file + ": " + e.getMessage());
    }
  }

  /** The spec as understood here. */
  SearchSpec parse(String text, DatasetProbe probe) {
    return SpecParser.parse(text, file.toString(), changesAndName(), probe);
  }

  Submission submission(String text) {
    return new Submission(text, file.toString(), changes, Optional.ofNullable(name));
  }

  /**
   * For a controller on this machine: it may have another working directory, now or at a resume.
   */
  Submission submission(String text, SearchSpec parsed) {
    Submission plain = submission(text);
    List<String> absolute = new ArrayList<>(changes);
    if (!parsed.dataset().path().isEmpty()) {
      absolute.add("dataset.path=" + parsed.dataset().path());
    }
    if (parsed.evaluator() instanceof Evaluator.Table table) {
      absolute.add("evaluation.table=" + table.file());
    }
    if (parsed.dataset().examples() instanceof Examples.Rows rows && !rows.test().isEmpty()) {
      absolute.add("dataset.test=" + rows.test());
    }
    return new Submission(plain.spec(), plain.file(), absolute, plain.name());
  }

  private List<String> changesAndName() {
    List<String> all = new ArrayList<>(changes);
    if (name != null) {
      all.add("name=" + name);
    }
    return all;
  }

  private List<String> near() {
    Path directory = file.getParent() == null ? Path.of("") : file.getParent();
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(Files::isRegularFile).map(Path::toString).toList();
    } catch (IOException e) {
      return List.of();
    }
  }
}
