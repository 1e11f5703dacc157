package dev.archipelago.deploy.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/** A controller's HTTP address as a person writes it. */
public final class HttpAddress {
  private HttpAddress() {}

  /**
   * Reads {@code http://127.0.0.1:8600}; {@code localhost:8600} will do.
   *
   * @return without a slash at the end; empty if that is no address of an HTTP server
   */
  public static Optional<URI> parse(String text) {
    String whole = text.contains("://") ? text : "http://" + text;
    try {
      URI url = new URI(whole.endsWith("/") ? whole.substring(0, whole.length() - 1) : whole);
      boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
      return http && url.getHost() != null && url.getRawQuery() == null
          ? Optional.of(url)
          : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }
}
