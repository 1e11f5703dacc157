package dev.archipelago.deploy.cli;

import dev.archipelago.deploy.client.ApiClient;
import dev.archipelago.deploy.client.ApiException;
import dev.archipelago.deploy.client.BestDocument;
import dev.archipelago.deploy.client.NetworkDocument;
import dev.archipelago.deploy.exit.CommandException;
import dev.archipelago.deploy.exit.ExitCode;
import dev.archipelago.deploy.export.ModelFormat;
import dev.archipelago.worker.trained.TrainedNetwork;
import dev.archipelago.worker.trained.TrainedNetworkFile;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a search's trained network to a file. */
@Command(
    name = "export",
    description = "Writes the network that a search found, with its trained weights, to a file.")
@SuppressWarnings("NullAway.Init") // fields are set by picocli
final class ExportCommand extends ClientCommand {
  private static final int NOT_FOUND = 404;

  @Parameters(arity = "0..1", paramLabel = "ID", description = "The search; else the newest.")
  private @Nullable String id;

  @Option(names = "--baseline", description = "The baseline's network, not the winner.")
  private boolean baseline;

  @Mixin private ModelOutput output;

  @Override
  ExitCode run(Link link, Console console) {
    ModelFormat format = output.format();
    output.write(format, network(link.client()), isJson(), console);
    return ExitCode.OK;
  }

  private TrainedNetwork network(ApiClient client) {
    String search = Searches.namedOrNewest(client, id);
    BestDocument best = client.best(search).value();
    NetworkDocument chosen = baseline ? best.baseline() : best.winner();
    if (chosen == null || chosen.network() == null) {
      throw CommandException.badInput(
          "search %s keeps no trained network of its %s: only those that were trained to the end"
                  .formatted(search, baseline ? "baseline" : "winner")
              + " and tested, in the search's last phase, are kept");
    }
    try {
      return TrainedNetworkFile.read(client.network(search, chosen.network()))
          .from("search", search)
          .from("trial", String.valueOf(chosen.trial()));
    } catch (ApiException e) {
      if (e.status() != NOT_FOUND) {
        throw e;
      }
      throw CommandException.failed(
          "the controller does not have the network %s: its worker kept it in a directory of its"
                  .formatted(chosen.network())
              + " own, under networks/%s; give that file to convert".formatted(search),
          e);
    } catch (IOException e) {
      throw CommandException.failed("the kept network cannot be read: " + e.getMessage(), e);
    }
  }
}
