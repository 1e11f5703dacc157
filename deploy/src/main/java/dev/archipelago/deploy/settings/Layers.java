package dev.archipelago.deploy.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigValueFactory;
import dev.archipelago.deploy.exit.CommandException;
import dev.archipelago.deploy.exit.Nearest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Where a role's settings come from, the strongest first: flags, environment variables, a file
 * given with {@code -c}, the defaults in the program's own {@code <role>.conf}.
 *
 * @param flags key (without the role) to value; only those that were given
 * @param environment as {@link System#getenv()}
 * @param file of {@code -c}
 */
public record Layers(
    Map<String, Object> flags, Map<String, String> environment, Optional<Path> file) {

  public Layers {
    flags = Map.copyOf(flags);
    environment = Map.copyOf(environment);
  }

  /** Defaults only. */
  public static Layers none() {
    return new Layers(Map.of(), Map.of(), Optional.empty());
  }

  /**
   * Lays them over each other.
   *
   * @param role names the file with the defaults and the object in it
   * @param variables environment variable to key
   * @param lists keys whose values in the environment are separated by commas
   */
  Settings over(String role, Map<String, String> variables, Set<String> lists) {
    Config defaults =
        ConfigFactory.parseResourcesAnySyntax(
                Layers.class.getClassLoader(),
                role,
                ConfigParseOptions.defaults().setAllowMissing(false))
            .getConfig(role);
    Config merged = file.map(path -> read(path, role, defaults)).orElse(ConfigFactory.empty());
    merged = merged.withFallback(defaults);
    for (Map.Entry<String, String> variable : variables.entrySet()) {
      String value = environment.get(variable.getKey());
      if (value != null && !value.isBlank()) {
        String key = variable.getValue();
        Object typed = lists.contains(key) ? splitAtCommas(value) : value;
        merged =
            merged.withValue(
                key,
                ConfigValueFactory.fromAnyRef(typed, "environment variable " + variable.getKey()));
      }
    }
    for (Map.Entry<String, Object> flag : flags.entrySet()) {
      merged =
          merged.withValue(
              flag.getKey(), ConfigValueFactory.fromAnyRef(flag.getValue(), "command line"));
    }
    return new Settings(merged);
  }

  private static Config read(Path path, String role, Config defaults) {
    if (!Files.isReadable(path)) {
      throw CommandException.badInput("-c: there is no readable file " + path);
    }
    Config config;
    try {
      config = ConfigFactory.parseFile(path.toFile()).resolve();
    } catch (ConfigException e) {
      throw CommandException.badInput("-c: " + e.getMessage());
    }
    Set<String> known =
        defaults.entrySet().stream()
            .map(entry -> role + "." + entry.getKey())
            .collect(Collectors.toSet());
    config
        .entrySet()
        .forEach(
            entry -> {
              if (!known.contains(entry.getKey())) {
                throw CommandException.badInput(
                    entry.getValue().origin().description()
                        + ": unknown key "
                        + entry.getKey()
                        + Nearest.hint(entry.getKey(), known));
              }
            });
    return config.hasPath(role) ? config.getConfig(role) : ConfigFactory.empty();
  }

  static List<String> splitAtCommas(String value) {
    return Arrays.stream(value.split(",", -1))
        .map(String::strip)
        .filter(part -> !part.isEmpty())
        .toList();
  }
}
