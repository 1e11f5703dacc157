package dev.archipelago.deploy.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import dev.archipelago.deploy.client.Endpoint;
import dev.archipelago.deploy.client.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * {@code endpoint.json}: where the controller on a data directory answers, with the token it wants.
 * Readable by its owner only.
 */
final class EndpointFile {
  private final Path file;

  EndpointFile(Path file) {
    this.file = file;
  }

  /**
   * What it says.
   *
   * @param pid the process that wrote it
   */
  record Content(Endpoint endpoint, long pid) {
    boolean isAlive() {
      return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }
  }

  void write(Endpoint endpoint) throws IOException {
    String text =
        Json.pretty(
            Json.object()
                .put("url", endpoint.url().toString())
                .put("token", endpoint.token().orElse(""))
                .put("pid", ProcessHandle.current().pid()));
    Path fresh = Files.createTempFile(file.getParent(), "endpoint", ".new", ownerOnly());
    try {
      Files.writeString(fresh, text + "\n");
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  /** Empty where there is no such file, or half of one. */
  Optional<Content> read() {
    try {
      JsonNode json = Json.parse(Files.readString(file));
      String token = json.path("token").asText("");
      Optional<String> given = token.isEmpty() ? Optional.empty() : Optional.of(token);
      Endpoint endpoint = new Endpoint(new URI(json.path("url").asText("")), given);
      return endpoint.url().getHost() == null
          ? Optional.empty()
          : Optional.of(new Content(endpoint, json.path("pid").asLong(-1)));
    } catch (IOException | IllegalArgumentException | java.net.URISyntaxException e) {
      return Optional.empty();
    }
  }

  void delete() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // It names a process that is dead by then, so nobody believes it.
    }
  }

  private static FileAttribute<?>[] ownerOnly() {
    boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }
}
