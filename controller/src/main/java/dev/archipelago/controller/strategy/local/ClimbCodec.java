package dev.archipelago.controller.strategy.local;

import dev.archipelago.controller.strategy.genotype.Archive;
import dev.archipelago.controller.strategy.genotype.ArchiveCodec;
import dev.archipelago.controller.strategy.genotype.Entry;
import dev.archipelago.controller.strategy.genotype.StateCodec;
import java.util.OptionalInt;
import org.pcollections.PSortedSet;
import org.pcollections.TreePSet;

/** A {@link Climb} as bytes: archive, where it stands (-1: nowhere), the starts not told yet. */
final class ClimbCodec {
  private static final int FORMAT = 3;

  private ClimbCodec() {}

  static byte[] encode(Climb climb) {
    return StateCodec.encode(
        FORMAT,
        out -> {
          ArchiveCodec.write(out, climb.archive());
          out.writeInt(climb.at().orElse(-1));
          out.writeInt(climb.starts().size());
          for (int start : climb.starts()) {
            out.writeInt(start);
          }
        });
  }

  static Climb decode(Climb empty, byte[] state) {
    return StateCodec.decode(
        FORMAT,
        state,
        in -> {
          Archive archive = ArchiveCodec.read(in, empty.archive());
          int at = in.readInt();
          StateCodec.require(
              at == -1
                  || (at >= 0
                      && at < archive.entries().size()
                      && archive.entries().get(at) instanceof Entry.Scored),
              "a climb that stands at proposal " + at);
          int count = in.readInt();
          PSortedSet<Integer> starts = TreePSet.empty();
          for (int i = 0; i < count; i++) {
            starts = starts.plus(in.readInt());
          }
          return new Climb(
              empty.settings(), archive, at < 0 ? OptionalInt.empty() : OptionalInt.of(at), starts);
        });
  }
}
