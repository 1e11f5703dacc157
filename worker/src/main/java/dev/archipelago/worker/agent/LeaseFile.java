package dev.archipelago.worker.agent;

import dev.archipelago.protocol.disk.DurableFiles;
import dev.archipelago.protocol.wire.Fields;
import dev.archipelago.protocol.wire.ToController.Attempt;
import dev.archipelago.protocol.wire.WorkerCodec;
import dev.archipelago.protocol.wire.proto.DiskProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says on disk which attempt this process trains, for whoever finds the process dead. */
final class LeaseFile {
  private static final Logger LOG = LoggerFactory.getLogger(LeaseFile.class);

  private final Path file;

  LeaseFile(Path file) {
    this.file = file;
  }

  /**
   * @param errorLog where the process's JVM would have written its fatal error log
   */
  record Lease(Attempt attempt, long pid, Path errorLog) {}

  /** Returns when the disk has it. */
  void write(Lease lease) throws IOException {
    DurableFiles.write(
        file,
        DiskProto.Lease.newBuilder()
            .setAttempt(WorkerCodec.toProto(lease.attempt()))
            .setPid(lease.pid())
            .setErrorLog(lease.errorLog().toString())
            .build()
            .toByteArray());
  }

  /** What an earlier process left; one that cannot be read proves nothing and counts as none. */
  Optional<Lease> read() throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      DiskProto.Lease proto = Fields.parse(DiskProto.Lease.parser(), Files.readAllBytes(file));
      Fields.require(proto.hasAttempt(), "Lease.attempt");
      return Optional.of(
          new Lease(
              WorkerCodec.fromProto(proto.getAttempt()),
              proto.getPid(),
              Path.of(proto.getErrorLog())));
    } catch (IllegalArgumentException e) {
      LOG.warn("{} is unreadable and was ignored: {}", file, e.getMessage());
      return Optional.empty();
    }
  }

  void delete() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      LOG.warn("{} cannot be deleted", file, e);
    }
  }
}
