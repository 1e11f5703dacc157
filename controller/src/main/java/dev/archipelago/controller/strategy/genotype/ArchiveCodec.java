package dev.archipelago.controller.strategy.genotype;

import dev.archipelago.protocol.space.Architecture;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/** An {@link Archive} inside a state: number of entries, each with its tag, reward and values. */
public final class ArchiveCodec {
  private static final byte RUNNING = 0;
  private static final byte FAILED = 1;
  private static final byte SCORED = 2;

  private ArchiveCodec() {}

  public static void write(DataOutputStream out, Archive archive) throws IOException {
    out.writeInt(archive.entries().size());
    for (Entry entry : archive.entries()) {
      if (entry instanceof Entry.Scored scored) {
        out.writeByte(SCORED);
        out.writeDouble(scored.reward());
      } else {
        out.writeByte(entry instanceof Entry.Failed ? FAILED : RUNNING);
      }
      StateCodec.write(out, entry.architecture());
    }
  }

  /**
   * @throws IllegalArgumentException if what follows is no archive of the space
   */
  public static Archive read(DataInputStream in, Archive empty) throws IOException {
    Archive archive = empty;
    int size = in.readInt();
    StateCodec.require(size >= 0, "an archive of " + size + " entries");
    for (int i = 0; i < size; i++) {
      archive = archive.with(entry(in, archive));
    }
    return archive;
  }

  private static Entry entry(DataInputStream in, Archive archive) throws IOException {
    byte tag = in.readByte();
    StateCodec.require(tag >= RUNNING && tag <= SCORED, "an entry with the tag " + tag);
    double reward = tag == SCORED ? in.readDouble() : Double.NaN;
    Architecture architecture =
        StateCodec.read(in, archive.space(), archive.genotypes().cardinalities().size());
    return switch (tag) {
      case RUNNING -> new Entry.Running(architecture);
      case FAILED -> new Entry.Failed(architecture);
      default -> new Entry.Scored(architecture, reward);
    };
  }
}
