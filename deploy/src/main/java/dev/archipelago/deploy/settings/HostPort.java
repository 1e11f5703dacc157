package dev.archipelago.deploy.settings;

import java.util.Optional;

/** An address; an IPv6 host stands in brackets. */
public record HostPort(String host, int port) {

  /** Reads {@code host:port}; empty where the text is not that. */
  public static Optional<HostPort> parse(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 1) {
      return Optional.empty();
    }
    String host = text.substring(0, colon).strip();
    boolean bare = host.indexOf(':') >= 0 && !(host.startsWith("[") && host.endsWith("]"));
    try {
      int port = Integer.parseInt(text.substring(colon + 1).strip());
      boolean valid = port > 0 && port <= 65_535 && !host.isEmpty() && !bare;
      return valid ? Optional.of(new HostPort(host, port)) : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
