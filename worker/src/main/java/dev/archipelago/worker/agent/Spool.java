package dev.archipelago.worker.agent;

import dev.archipelago.protocol.disk.DurableFiles;
import dev.archipelago.protocol.wire.Fields;
import dev.archipelago.protocol.wire.ToController.Attempt;
import dev.archipelago.protocol.wire.proto.DiskProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Unacknowledged letters on disk, one file each: {@code SEARCH-NUMBER-ATTEMPT.pb}. Thread-safe as
 * long as no two threads write of one attempt.
 */
final class Spool {
  private static final Logger LOG = LoggerFactory.getLogger(Spool.class);
  private static final String SUFFIX = ".pb";

  private final Path directory;

  Spool(Path directory) throws IOException {
    this.directory = Files.createDirectories(directory);
  }

  /** Returns when the disk has the letter. */
  void keep(Letter letter) throws IOException {
    DurableFiles.write(file(letter.attempt()), letter.toProto().toByteArray());
  }

  boolean holds(Attempt attempt) {
    return Files.exists(file(attempt));
  }

  /** Forgets the letter about an attempt, if there is one. */
  void forget(Attempt attempt) {
    try {
      Files.deleteIfExists(file(attempt));
    } catch (IOException e) {
      LOG.warn("{} cannot be deleted, so it will be sent once more", file(attempt), e);
    }
  }

  /** What an earlier process left. Files that cannot be read are moved to {@code unreadable/}. */
  List<Letter> load() throws IOException {
    List<Letter> letters = new ArrayList<>();
    for (Path file : files()) {
      try {
        letters.add(
            Letter.fromProto(Fields.parse(DiskProto.Letter.parser(), Files.readAllBytes(file))));
      } catch (IllegalArgumentException e) {
        Path aside = DurableFiles.moveAside(file, "unreadable");
        LOG.warn("an unreadable outcome was moved to {}: {}", aside, e.getMessage());
      }
    }
    return letters;
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(SUFFIX)).sorted().toList();
    }
  }

  private Path file(Attempt attempt) {
    return directory.resolve(
        "%s-%d-%d%s"
            .formatted(
                attempt.trial().search(), attempt.trial().number(), attempt.number(), SUFFIX));
  }
}
