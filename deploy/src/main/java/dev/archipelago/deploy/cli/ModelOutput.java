package dev.archipelago.deploy.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.archipelago.deploy.client.Json;
import dev.archipelago.deploy.exit.CommandException;
import dev.archipelago.deploy.export.ModelFormat;
import dev.archipelago.deploy.export.Written;
import dev.archipelago.protocol.space.NetworkPlan.Parameter;
import dev.archipelago.worker.trained.TrainedNetwork;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Option;

/** The file that a trained network is written to, and what is said of it. */
@SuppressWarnings("NullAway.Init") // fields are set by picocli
final class ModelOutput {
  @Option(
      names = "--format",
      required = true,
      paramLabel = "FORMAT",
      description =
          "safetensors: weights by name (safetensors.numpy.load_file reads them in Python) and all"
              + " that convert needs. dl4j: a model of Deeplearning4j.")
  private String format;

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "FILE",
      description = "The file to write.")
  private Path file;

  /** The format that was asked for; asked first, so that a wrong one costs nothing. */
  ModelFormat format() {
    List<String> names = ModelFormat.all().stream().map(ModelFormat::name).toList();
    String name = Choice.of("--format", format.toLowerCase(Locale.ROOT), names);
    return ModelFormat.all().get(names.indexOf(name));
  }

  /** Writes it, and says so. */
  void write(ModelFormat chosen, TrainedNetwork network, boolean json, Console console) {
    Written written;
    try {
      written = chosen.write(network, file.toAbsolutePath());
    } catch (IOException e) {
      throw CommandException.failed("cannot write %s: %s".formatted(file, e.getMessage()), e);
    }
    if (json) {
      console.print(document(chosen, network, written));
    } else {
      console.print(lines(chosen, network, written));
    }
  }

  private ObjectNode document(ModelFormat chosen, TrainedNetwork network, Written written) {
    ObjectNode document = Json.object();
    network.origin().forEach(document::put);
    document.put("format", chosen.name()).put("file", file.toString());
    document.put("params", params(network));
    written
        .logitChange()
        .ifPresent(
            largest ->
                document.put("probed", network.probe().size()).put("largestLogitChange", largest));
    written.notes().forEach(document.putArray("notes")::add);
    ObjectNode scaling = document.putObject("normalization");
    network.normalization().mean().forEach(scaling.putArray("mean")::add);
    network.normalization().deviation().forEach(scaling.putArray("deviation")::add);
    return document;
  }

  private List<String> lines(ModelFormat chosen, TrainedNetwork network, Written written) {
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT, "%s: %,d parameters, as %s", file, params(network), chosen.name()));
    written
        .logitChange()
        .ifPresent(
            change ->
                lines.add(
                    String.format(
                        Locale.ROOT,
                        "Read again, its logits differ by at most %.1e from those of the engine"
                            + " that trained it, on %d training examples.",
                        change,
                        network.probe().size())));
    lines.addAll(written.notes());
    return lines;
  }

  private static long params(TrainedNetwork network) {
    return network.plan().parameters().stream().mapToLong(Parameter::elements).sum();
  }
}
