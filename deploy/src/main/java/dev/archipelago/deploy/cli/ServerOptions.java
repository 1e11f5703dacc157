package dev.archipelago.deploy.cli;

import dev.archipelago.deploy.client.Endpoint;
import dev.archipelago.deploy.settings.DataDirectory;
import dev.archipelago.deploy.view.Hints;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which controller a command speaks to. */
final class ServerOptions {
  private static final String TOKEN = "ARCHIPELAGO_HTTP_TOKEN";

  @Option(
      names = "--server",
      paramLabel = "URL",
      description =
          "A controller's address, such as http://127.0.0.1:8600. Without it: the one that"
              + " runs on the data directory.")
  private @Nullable String server;

  @Option(
      names = "--token",
      paramLabel = "TOKEN",
      description = "What that controller demands; else ARCHIPELAGO_HTTP_TOKEN.")
  private @Nullable String token;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description =
          "Journal, logs and data sets of this machine; else ARCHIPELAGO_DATA_DIR, else"
              + " ~/.archipelago.")
  private @Nullable Path dataDir;

  /** Empty where the data directory decides. */
  Optional<Endpoint> remote(Map<String, String> environment) {
    Optional<String> given =
        Optional.ofNullable(token == null ? environment.get(TOKEN) : token)
            .filter(text -> !text.isBlank());
    return Optional.ofNullable(server).map(address -> Endpoint.parse(address, given));
  }

  DataDirectory dataDirectory(Map<String, String> environment) {
    return DataDirectory.of(Optional.ofNullable(dataDir), environment);
  }

  /** Options that a further command needs to reach the same controller. */
  Hints hints(Map<String, String> environment) {
    if (server != null) {
      return new Hints(" --server " + server);
    }
    boolean usual = dataDirectory(environment).isDefault(environment);
    return usual ? Hints.PLAIN : new Hints(" --data-dir " + quoted(String.valueOf(dataDir)));
  }

  private static String quoted(String word) {
    return word.matches("[A-Za-z0-9_./~+-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
