package dev.archipelago.deploy.cli;

import dev.archipelago.deploy.exit.CommandException;
import dev.archipelago.deploy.exit.ExitCode;
import dev.archipelago.deploy.export.ModelFormat;
import dev.archipelago.worker.trained.TrainedNetwork;
import dev.archipelago.worker.trained.TrainedNetworkFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes a trained network in another format; asks no controller. */
@Command(
    name = "convert",
    mixinStandardHelpOptions = true,
    description = "Writes an exported network in another format.")
@SuppressWarnings("NullAway.Init") // fields are set by picocli
final class ConvertCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  @Parameters(paramLabel = "FILE", description = "A network that was exported as safetensors.")
  private Path file;

  @Mixin private ModelOutput output;
  @Mixin private JsonOption json;

  @Override
  public Integer call() {
    ModelFormat format = output.format();
    output.write(format, network(), json.isOn(), Console.of(command));
    return ExitCode.OK.code();
  }

  private TrainedNetwork network() {
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
