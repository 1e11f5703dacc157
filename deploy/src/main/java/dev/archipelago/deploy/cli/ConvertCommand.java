package dev.archipelago.deploy.cli;

import dev.archipelago.deploy.exit.CommandException;
import dev.archipelago.deploy.exit.ExitCode;
import dev.archipelago.deploy.export.Dl4jFormat;
import dev.archipelago.deploy.export.ModelFormat;
import dev.archipelago.worker.trained.TrainedNetwork;
import dev.archipelago.worker.trained.TrainedNetworkFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes a trained network in another format; asks no controller. */
@Command(
    name = "convert",
    mixinStandardHelpOptions = true,
    description = "Writes an exported network, or a model of one, in another format.")
@SuppressWarnings("NullAway.Init") // fields are set by picocli
final class ConvertCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  @Parameters(
      paramLabel = "FILE",
      description = "A network that was exported as safetensors; with --like, a dl4j model.")
  private Path file;

  @Option(
      names = "--like",
      paramLabel = "FILE",
      description =
          "The exported network whose dl4j model it was: the model, perhaps trained further in"
              + " Deeplearning4j, gives its weights.")
  private @Nullable Path like;

  @Mixin private ModelOutput output;
  @Mixin private JsonOption json;

  @Override
  public Integer call() {
    ModelFormat format = output.format();
    output.write(format, network(), json.isOn(), Console.of(command));
    return ExitCode.OK.code();
  }

  private TrainedNetwork network() {
    if (like == null) {
      return exported(file);
    }
    try {
      return Dl4jFormat.read(file, exported(like));
    } catch (IOException e) {
      throw CommandException.badInput(
          "cannot read the model %s: %s".formatted(file, e.getMessage()));
    }
  }

  private static TrainedNetwork exported(Path file) {
    try {
      return TrainedNetworkFile.read(Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      throw CommandException.badInput("there is no file " + file);
    } catch (IOException e) {
      throw CommandException.badInput(
          "cannot read the network %s: %s".formatted(file, e.getMessage()));
    }
  }
}
