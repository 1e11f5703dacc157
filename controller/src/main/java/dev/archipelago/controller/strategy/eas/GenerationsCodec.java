package dev.archipelago.controller.strategy.eas;

import dev.archipelago.controller.strategy.genotype.StateCodec;
import dev.archipelago.controller.strategy.policy.Baseline;
import dev.archipelago.controller.strategy.policy.PolicyCodec;
import dev.archipelago.controller.strategy.policy.Weights;
import dev.archipelago.protocol.space.GrowableSpace;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/**
 * A {@link Generations} as bytes: its counts, the parent (a list of at most one), this generation's
 * results, the last ranking, baseline, weights. A network is its number, its reward (NaN where it
 * failed) and its values.
 */
final class GenerationsCodec {
  private static final int FORMAT = 10;

  private GenerationsCodec() {}

  static byte[] encode(Generations generations) {
    return StateCodec.encode(
        FORMAT,
        out -> {
          out.writeInt(generations.current().number());
          out.writeInt(generations.current().first());
          out.writeInt(generations.kept());
          out.writeInt(generations.barren());
          write(out, generations.current().parent().stream().toList());
          write(out, generations.told().values());
          write(out, generations.ranking());
          PolicyCodec.write(out, generations.baseline());
          PolicyCodec.write(out, generations.weights());
        });
  }

  private static void write(DataOutputStream out, Collection<Born> networks) throws IOException {
    out.writeInt(networks.size());
    for (Born born : networks) {
      out.writeInt(born.proposal());
      out.writeDouble(born.reward().orElse(Double.NaN));
      StateCodec.write(out, born.architecture());
    }
  }

  /**
   * @throws IllegalArgumentException if the bytes are of another format, space or network
   */
  static Generations decode(Generations start, byte[] state) {
    return StateCodec.decode(
        FORMAT,
        state,
        in -> {
          int generation = in.readInt();
          int first = in.readInt();
          int kept = in.readInt();
          int barren = in.readInt();
          StateCodec.require(
              generation >= 0 && first >= 0 && kept >= 0 && barren >= 0, "a count below 0");
          Optional<Born> parent = read(in, start.space(), 1).stream().findFirst();
          PSortedMap<Integer, Born> told = TreePMap.empty();
          for (Born born : read(in, start.space(), start.settings().children())) {
            told = told.plus(born.proposal(), born);
          }
          List<Born> ranking = read(in, start.space(), start.settings().children());
          Baseline baseline = PolicyCodec.readBaseline(in);
          Weights weights = PolicyCodec.readWeights(in, start.policy().network().size());
          Generation current =
              parent
                  .map(
                      born ->
                          Generation.of(
                              generation,
                              first,
                              born,
                              start.settings(),
                              start.policy(),
                              weights,
                              start.seed()))
                  .orElseGet(() -> Generation.smallest(generation, first, start.space()));
          return new Generations(
              start.settings(),
              start.policy(),
              start.seed(),
              weights,
              baseline,
              current,
              told,
              ranking,
              kept,
              barren);
        });
  }

  private static List<Born> read(DataInputStream in, GrowableSpace space, int most)
      throws IOException {
    int size = in.readInt();
    StateCodec.require(size >= 0 && size <= most, "a generation of " + size);
    List<Born> networks = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      int proposal = in.readInt();
      double reward = in.readDouble();
      networks.add(
          new Born(
              proposal,
              StateCodec.read(in, space, space.decisions().size()),
              Double.isNaN(reward) ? OptionalDouble.empty() : OptionalDouble.of(reward)));
    }
    return networks;
  }
}
