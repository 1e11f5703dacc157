package dev.archipelago.deploy.client;

import dev.archipelago.deploy.exit.CommandException;
import dev.archipelago.deploy.settings.HttpAddress;
import java.net.URI;
import java.util.Optional;

/**
 * Where a controller answers.
 *
 * @param url without a path, {@code http://127.0.0.1:8600}
 * @param token what it demands of its clients; empty where it demands nothing
 */
public record Endpoint(URI url, Optional<String> token) {

  /**
   * Reads what a person wrote after {@code --server}; {@code localhost:8600} will do.
   *
   * @throws CommandException if that is no address of an HTTP server
   */
  public static Endpoint parse(String server, Optional<String> token) {
    return HttpAddress.parse(server)
        .map(url -> new Endpoint(url, token))
        .orElseThrow(
            () ->
                CommandException.badInput(
                    "--server: \""
                        + server
                        + "\" is no address; give one like http://127.0.0.1:8600"));
  }

  /** Leaves the token out: this text may land in a log. */
  @Override
  public String toString() {
    return url.toString();
  }
}
