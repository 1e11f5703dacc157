package dev.archipelago.controller.strategy.oneshot;

import dev.archipelago.controller.strategy.genotype.StateCodec;
import dev.archipelago.controller.strategy.shared.Progress;
import dev.archipelago.controller.strategy.shared.Ranked;
import dev.archipelago.controller.strategy.shared.SharedCodec;
import java.util.List;
import java.util.Optional;

/** A {@link PathRanker} as bytes: progress, what was ranked, whether tau is known, and tau. */
final class PathRankerCodec {
  private static final int FORMAT = 8;

  private PathRankerCodec() {}

  static byte[] encode(PathRanker ranker) {
    return StateCodec.encode(
        FORMAT,
        out -> {
          SharedCodec.write(out, ranker.progress());
          SharedCodec.write(out, ranker.ranked());
          out.writeBoolean(ranker.correlation().isPresent());
          if (ranker.correlation().isPresent()) {
            out.writeDouble(ranker.correlation().get().tau());
            out.writeInt(ranker.correlation().get().networks());
          }
        });
  }

  /**
   * @param start of the same context
   * @throws IllegalArgumentException if the bytes are of another format or space
   */
  static PathRanker decode(PathRanker start, byte[] state) {
    int decisions = start.space().decisions().size();
    return StateCodec.decode(
        FORMAT,
        state,
        in -> {
          Progress progress = SharedCodec.readProgress(in, start.progress().timetable());
          List<Ranked> ranked = SharedCodec.readRanked(in, start.space(), decisions);
          Optional<Correlation> correlation =
              in.readBoolean()
                  ? Optional.of(new Correlation(in.readDouble(), in.readInt()))
                  : Optional.empty();
          return start.with(progress, ranked, correlation);
        });
  }
}
