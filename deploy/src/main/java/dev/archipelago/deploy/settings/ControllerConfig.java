package dev.archipelago.deploy.settings;

import dev.archipelago.deploy.exit.CommandException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A controller's settings as {@code controller.conf} documents them, every default resolved.
 *
 * @param members of the cluster; empty where it is alone
 * @param weights directory of what workers keep here over HTTP
 */
public record ControllerConfig(
    DataDirectory dataDirectory,
    String httpHost,
    int httpPort,
    Optional<String> token,
    String arteryHost,
    int arteryPort,
    List<HostPort> members,
    String jdbcUrl,
    String jdbcUser,
    String jdbcPassword,
    Path weights,
    Duration lease,
    Duration heartbeat) {

  /** Environment variable to key. */
  static final Map<String, String> VARIABLES =
      Map.ofEntries(
          Map.entry("ARCHIPELAGO_DATA_DIR", "data-dir"),
          Map.entry("ARCHIPELAGO_WEIGHTS", "weights"),
          Map.entry("ARCHIPELAGO_HTTP_HOST", "http.host"),
          Map.entry("ARCHIPELAGO_HTTP_PORT", "http.port"),
          Map.entry("ARCHIPELAGO_HTTP_TOKEN", "http.token"),
          Map.entry("ARCHIPELAGO_ARTERY_HOST", "artery.host"),
          Map.entry("ARCHIPELAGO_ARTERY_PORT", "artery.port"),
          Map.entry("ARCHIPELAGO_MEMBERS", "members"),
          Map.entry("ARCHIPELAGO_JDBC_URL", "journal.url"),
          Map.entry("ARCHIPELAGO_JDBC_USER", "journal.user"),
          Map.entry("ARCHIPELAGO_JDBC_PASSWORD", "journal.password"));

  public ControllerConfig {
    members = List.copyOf(members);
  }

  /**
   * @throws CommandException if a value is wrong, or other machines would be served without a token
   */
  public static ControllerConfig from(Layers layers) {
    Settings settings = layers.over("controller", VARIABLES, Set.of("members"));
    if (settings.text("weights").contains("://")) {
      throw settings.refused("weights", "workers keep them here: give a directory");
    }
    DataDirectory dataDirectory = new DataDirectory(settings.dataDirectory("data-dir"));
    ControllerConfig config =
        new ControllerConfig(
            dataDirectory,
            settings.text("http.host"),
            settings.port("http.port"),
            settings.optionalText("http.token"),
            settings.text("artery.host"),
            settings.port("artery.port"),
            settings.addresses("members"),
            settings.optionalText("journal.url").orElseGet(dataDirectory::journalUrl),
            settings.text("journal.user"),
            settings.text("journal.password"),
            settings.optionalDirectory("weights").orElseGet(dataDirectory::weights),
            settings.duration("lease"),
            settings.duration("heartbeat"));
    if (config.token().isEmpty() && !settings.flag("http.insecure")) {
      requireLoopback(settings, config.httpHost());
    }
    if (config.heartbeat().multipliedBy(2).compareTo(config.lease()) > 0) {
      throw settings.refused("lease", "must be at least twice the heartbeat");
    }
    return config;
  }

  private static void requireLoopback(Settings settings, String host) {
    boolean loopback;
    try {
      loopback = InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      throw settings.refused("http.host", "there is no host \"" + host + "\"");
    }
    if (!loopback) {
      throw settings.refused(
          "http.host",
          host
              + " serves other machines, so clients must present a token: give one with --token or"
              + " ARCHIPELAGO_HTTP_TOKEN (openssl rand -hex 24 makes one), or say --insecure");
    }
  }
}
