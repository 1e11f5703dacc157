package dev.archipelago.controller.spec;

import dev.archipelago.controller.space.Supernets;
import dev.archipelago.controller.strategy.Sharing;
import dev.archipelago.protocol.space.SearchSpace;
import dev.archipelago.protocol.space.Supernet;
import dev.archipelago.protocol.space.Task;
import dev.archipelago.protocol.trial.Round;
import dev.archipelago.protocol.wire.TrialCodec;
import dev.archipelago.protocol.wire.WireCodec;
import java.util.Optional;

/** Whether the largest round of a search on shared weights can be sent to a worker. */
final class SharedMessage {

  /**
   * For all that is not counted apart: SHA-256 in hexadecimal of up to 64 blobs that are merged and
   * of 200 that are released, 66 bytes each, and 7 kB for data set, training and names.
   */
  private static final int REST = 25_000;

  /** An option of a path, where a row has no more than 8,192. */
  private static final int OPTION = 2;

  /** Of a path, where there are no more than 2 million rows. */
  private static final int LENGTH = 3;

  /** Values and both of Adam's moments, a double each. */
  private static final int ALPHA = 3 * Double.BYTES;

  /** Of a row of them, its tags and lengths. */
  private static final int ALPHA_ROW = 3 * 8;

  private SharedMessage() {}

  /** Why a round cannot be sent, as a sentence; empty where all can. */
  static Optional<String> obstacle(SearchSpace space, Sharing sharing, Task task) {
    Supernet supernet;
    long bytes;
    try {
      supernet = Supernets.of(space, sharing.net(), task);
      bytes = bytes(supernet, sharing);
    } catch (IllegalArgumentException e) {
      return Optional.of("has a supernet that cannot be sent: " + e.getMessage());
    }
    return bytes <= WireCodec.WIRE_LIMIT_BYTES
        ? Optional.empty()
        : Optional.of(
            Text.format(
                "has a supernet of %,d nodes, with which a round takes %,d bytes of the %,d that a"
                    + " message to a worker can have",
                supernet.plan().nodes().size(), bytes, WireCodec.WIRE_LIMIT_BYTES));
  }

  /** No message with a round has more. */
  static long bytes(Supernet supernet, Sharing sharing) {
    long rows = supernet.rows().size();
    long paths = sharing.paths() * (rows * OPTION + LENGTH);
    long options = supernet.rows().stream().mapToLong(row -> row.options().size()).sum();
    long alphas =
        sharing.net() instanceof Round.Net.Relaxed ? options * ALPHA + rows * ALPHA_ROW : 0;
    return TrialCodec.bytes(supernet) + paths + alphas + REST;
  }
}
