package dev.archipelago.deploy.cli;

import dev.archipelago.deploy.client.Json;
import dev.archipelago.deploy.exit.CommandException;
import dev.archipelago.deploy.exit.ExitCode;
import dev.archipelago.deploy.view.Format;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Downloads a data set. */
@Command(
    name = "fetch",
    description =
        "Downloads what is missing of a data set and checks it; goes on where an earlier"
            + " fetch stopped.")
@SuppressWarnings("NullAway.Init") // fields are set by picocli
final class DataFetchCommand extends DatasetCommand {
  @Parameters(paramLabel = "NAME", description = "The data set; data list shows all.")
  private String name;

  @Option(names = "--path", paramLabel = "DIR", description = "Where to, if not as usual.")
  private String path = "";

  @Override
  ExitCode run(Console console) {
    Download download = new Download(console);
    try {
      Path directory = host().roles().datasets(dataDirectory()).fetch(name, path, download::at);
      if (isJson()) {
        console.print(Json.object().put("dataset", name).put("directory", directory.toString()));
      } else {
        console.print(List.of(name + " is in " + directory));
      }
      return ExitCode.OK;
    } catch (IOException e) {
      throw CommandException.failed(String.valueOf(e.getMessage()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ExitCode.INTERRUPTED;
    }
  }

  /** A line for every tenth of a file. */
  private static final class Download {
    private final Console console;
    private String file = "";
    private long tenth;

    Download(Console console) {
      this.console = console;
    }

    void at(String name, long bytes, long total) {
      long now = total > 0 ? 10 * bytes / total : bytes >> 24;
      if (!name.equals(file) || now != tenth) {
        file = name;
        tenth = now;
        console.say(
            name + ": " + Format.bytes(bytes) + (total > 0 ? " of " + Format.bytes(total) : ""));
      }
    }
  }
}
