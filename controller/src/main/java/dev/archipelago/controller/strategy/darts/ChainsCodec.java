package dev.archipelago.controller.strategy.darts;

import dev.archipelago.controller.strategy.darts.Chain.Phase;
import dev.archipelago.controller.strategy.darts.Chains.Turn;
import dev.archipelago.controller.strategy.genotype.StateCodec;
import dev.archipelago.controller.strategy.shared.SharedCodec;
import dev.archipelago.protocol.space.Architecture;
import dev.archipelago.protocol.space.Ragged;
import dev.archipelago.protocol.trial.Round.Alphas;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/** {@link Chains} as bytes: each chain's fields in their order, then the open proposals. */
final class ChainsCodec {
  private static final int FORMAT = 'D';

  /** Lists are never longer; bytes that say so are no state. */
  private static final int MOST = 10_000_000;

  private ChainsCodec() {}

  private interface Item<T> {
    void write(T item) throws IOException;
  }

  private interface Source<T> {
    T read() throws IOException;
  }

  static byte[] encode(Chains state) {
    return StateCodec.encode(
        FORMAT,
        out -> {
          for (Chain chain : state.chains()) {
            write(out, chain);
          }
          out.writeInt(state.turns().size());
          for (var turn : state.turns().entrySet()) {
            out.writeInt(turn.getKey());
            out.writeInt(turn.getValue().chain());
            out.writeInt(turn.getValue().part());
          }
        });
  }

  static Chains decode(Chains start, byte[] state) {
    return StateCodec.decode(
        FORMAT,
        state,
        in -> {
          List<Chain> chains = new ArrayList<>();
          for (int i = 0; i < start.chains().size(); i++) {
            chains.add(new Reading(in, start.reader(), start.chains().get(i)).chain());
          }
          SortedMap<Integer, Turn> turns = new TreeMap<>();
          for (int left = count(in); left > 0; left--) {
            int proposal = in.readInt();
            Turn turn = new Turn(in.readInt(), in.readInt());
            StateCodec.require(
                turn.chain() >= 0 && turn.chain() < chains.size(), "a chain " + turn.chain());
            turns.put(proposal, turn);
          }
          return new Chains(start.settings(), start.reader(), start.seed(), chains, turns);
        });
  }

  private static void write(DataOutputStream out, Chain chain) throws IOException {
    out.writeUTF(chain.phase().name());
    out.writeInt(chain.rounds());
    out.writeInt(chain.asked());
    out.writeInt(chain.parts().size());
    for (var part : chain.parts().entrySet()) {
      out.writeInt(part.getKey());
      list(out, part.getValue().left().stream().toList(), out::writeUTF);
      list(out, part.getValue().part().stream().toList(), one -> write(out, one));
    }
    list(
        out,
        chain.kept(),
        stand -> {
          out.writeInt(stand.round());
          write(out, stand.alphas());
          list(out, stand.blobs(), out::writeUTF);
        });
    list(out, chain.curvatures(), out::writeDouble);
    out.writeInt(chain.rollBacks());
    list(out, chain.alarms(), alarm -> write(out, alarm));
    list(
        out,
        chain.seen().stream().toList(),
        sighting -> {
          StateCodec.write(out, sighting.architecture());
          out.writeDouble(sighting.accuracy());
        });
    list(out, chain.released(), out::writeUTF);
    out.writeInt(chain.failed().orElse(-1));
    list(out, chain.derived().stream().toList(), cell -> StateCodec.write(out, cell));
    list(out, chain.score().stream().toList(), score -> SharedCodec.write(out, score));
  }

  private static void write(DataOutputStream out, Part part) throws IOException {
    write(out, part.alphas());
    list(out, part.blobs(), out::writeUTF);
    out.writeBoolean(part.accuracy().isPresent());
    out.writeDouble(part.accuracy().orElse(0));
    out.writeDouble(part.curvature());
  }

  private static void write(DataOutputStream out, Alarm alarm) throws IOException {
    out.writeInt(alarm.round());
    out.writeDouble(alarm.signals().skips());
    out.writeDouble(alarm.signals().entropy());
    out.writeDouble(alarm.signals().growth());
    out.writeDouble(alarm.signals().score());
    out.writeUTF(alarm.deed().name());
    out.writeInt(alarm.back());
  }

  private static void write(DataOutputStream out, Alphas alphas) throws IOException {
    for (Ragged numbers : List.of(alphas.values(), alphas.first(), alphas.second())) {
      for (List<Double> row : numbers.rows()) {
        for (double number : row) {
          out.writeDouble(number);
        }
      }
    }
    out.writeLong(alphas.updates());
  }

  private static <T> void list(DataOutputStream out, List<T> items, Item<T> item)
      throws IOException {
    out.writeInt(items.size());
    for (T one : items) {
      item.write(one);
    }
  }

  private static int count(DataInputStream in) throws IOException {
    int count = in.readInt();
    StateCodec.require(count >= 0 && count <= MOST, "a list of " + count);
    return count;
  }

  /**
   * Reads one chain.
   *
   * @param first the chain at its start, for the shape of its alphas
   */
  private record Reading(DataInputStream in, CellReader reader, Chain first) {

    Chain chain() throws IOException {
      Phase phase = word(Phase.class);
      int rounds = in.readInt();
      int asked = in.readInt();
      SortedMap<Integer, PartEnd> parts = new TreeMap<>();
      for (int left = count(in); left > 0; left--) {
        parts.put(in.readInt(), new PartEnd(optional(in::readUTF), optional(this::part)));
      }
      List<Stand> kept = list(() -> new Stand(in.readInt(), alphas(), list(in::readUTF)));
      StateCodec.require(!kept.isEmpty(), "a chain without a state");
      return new Chain(
          phase,
          rounds,
          asked,
          parts,
          kept,
          list(in::readDouble),
          in.readInt(),
          list(this::alarm),
          optional(() -> new Sighting(architecture(), in.readDouble())),
          list(in::readUTF),
          number(in.readInt()),
          optional(this::architecture),
          optional(() -> SharedCodec.readScore(in)));
    }

    private static OptionalInt number(int read) {
      return read < 0 ? OptionalInt.empty() : OptionalInt.of(read);
    }

    private Part part() throws IOException {
      Alphas alphas = alphas();
      List<String> blobs = list(in::readUTF);
      boolean measured = in.readBoolean();
      double accuracy = in.readDouble();
      return new Part(
          alphas,
          blobs,
          measured ? OptionalDouble.of(accuracy) : OptionalDouble.empty(),
          in.readDouble());
    }

    private Alarm alarm() throws IOException {
      int round = in.readInt();
      Signals signals =
          new Signals(in.readDouble(), in.readDouble(), in.readDouble(), in.readDouble());
      return new Alarm(round, signals, word(Alarm.Deed.class), in.readInt());
    }

    private Architecture architecture() throws IOException {
      return StateCodec.read(in, reader.space(), reader.space().decisions().size());
    }

    private Alphas alphas() throws IOException {
      return new Alphas(ragged(), ragged(), ragged(), in.readLong());
    }

    private Ragged ragged() throws IOException {
      List<List<Double>> rows = new ArrayList<>();
      for (List<Double> like : first.stand().alphas().values().rows()) {
        List<Double> row = new ArrayList<>();
        for (int i = 0; i < like.size(); i++) {
          row.add(in.readDouble());
        }
        rows.add(row);
      }
      return new Ragged(rows);
    }

    private <E extends Enum<E>> E word(Class<E> words) throws IOException {
      return Enum.valueOf(words, in.readUTF());
    }

    private <T> Optional<T> optional(Source<T> source) throws IOException {
      List<T> read = list(source);
      StateCodec.require(read.size() <= 1, read.size() + " values for one");
      return read.stream().findFirst();
    }

    private <T> List<T> list(Source<T> source) throws IOException {
      List<T> read = new ArrayList<>();
      for (int left = count(in); left > 0; left--) {
        read.add(source.read());
      }
      return read;
    }
  }
}
