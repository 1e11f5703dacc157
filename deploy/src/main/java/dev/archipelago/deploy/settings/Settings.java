package dev.archipelago.deploy.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigValueFactory;
import dev.archipelago.deploy.exit.CommandException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Typed reading of merged settings; a value of the wrong kind is refused with its origin. */
final class Settings {
  private final Config config;

  Settings(Config config) {
    this.config = config;
  }

  String text(String key) {
    return read(() -> config.getString(key)).strip();
  }

  /** Empty where the text is. */
  Optional<String> optionalText(String key) {
    return Optional.of(text(key)).filter(value -> !value.isEmpty());
  }

  int number(String key, int least, int most) {
    int value = read(() -> config.getInt(key));
    if (value < least || value > most) {
      throw refused(key, value + " is not between " + least + " and " + most);
    }
    return value;
  }

  int port(String key) {
    return number(key, 0, 65_535);
  }

  boolean flag(String key) {
    return read(() -> config.getBoolean(key));
  }

  Duration duration(String key) {
    Duration value = read(() -> config.getDuration(key));
    if (value.isNegative() || value.isZero()) {
      throw refused(key, "a time must be positive");
    }
    return value;
  }

  long bytes(String key) {
    return read(() -> config.getBytes(key));
  }

  /** A size that is a part of the key's value. */
  long bytes(String key, String text) {
    try {
      long bytes = ConfigValueFactory.fromAnyRef(text).atKey("size").getBytes("size");
      if (bytes >= 0) {
        return bytes;
      }
    } catch (ConfigException e) {
      // Refused below, in words of our own.
    }
    throw refused(key, "\"" + text + "\" is no size; give 139g or 512m, for instance");
  }

  List<String> texts(String key) {
    return read(() -> config.getStringList(key));
  }

  List<HostPort> addresses(String key) {
    return texts(key).stream()
        .map(
            text ->
                HostPort.parse(text)
                    .orElseThrow(() -> refused(key, "\"" + text + "\" is not HOST:PORT")))
        .toList();
  }

  /** The directory, absolute; empty where none is given. */
  Optional<Path> optionalDirectory(String key) {
    return optionalText(key).map(text -> Path.of(text).toAbsolutePath().normalize());
  }

  /** The directory, absolute; where none is given, the user's own. */
  Path dataDirectory(String key) {
    return optionalDirectory(key).orElseGet(() -> home().toAbsolutePath().normalize());
  }

  /** Where everything is kept unless someone says otherwise. */
  static Path home() {
    return Path.of(System.getProperty("user.home"), ".archipelago");
  }

  CommandException refused(String key, String why) {
    return CommandException.badInput(
        config.getValue(key).origin().description() + ": " + key + ": " + why);
  }

  private static <T> T read(Supplier<T> read) {
    try {
      return read.get();
    } catch (ConfigException e) {
      throw CommandException.badInput(String.valueOf(e.getMessage()));
    }
  }
}
