package dev.archipelago.deploy.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** A role's settings with their defaults, as the program carries them. */
final class Defaults {
  private Defaults() {}

  static List<String> of(String role) {
    try (InputStream in =
        Objects.requireNonNull(Defaults.class.getResourceAsStream("/" + role + ".conf"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
