package dev.archipelago.controller.strategy.reinforce;

import dev.archipelago.protocol.space.Architecture;
import dev.archipelago.protocol.space.SearchSpace;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A {@link Learner} as bytes: format, baseline, pending children, number of updates, number of
 * weights, weights, both of Adam's means. Numbers are big-endian, doubles their raw bits.
 */
final class LearnerCodec {
  private static final byte FORMAT = 1;

  private LearnerCodec() {}

  static byte[] encode(Learner learner) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(FORMAT);
      out.writeLong(learner.baseline().told());
      out.writeDouble(learner.baseline().mean());
      out.writeDouble(learner.baseline().deviation());
      out.writeDouble(learner.baseline().worst());
      out.writeInt(learner.pending().size());
      for (Child child : learner.pending()) {
        out.writeDouble(child.advantage());
        for (int value : child.architecture().values()) {
          out.writeInt(value);
        }
      }
      Weights weights = learner.weights();
      out.writeLong(weights.updates());
      out.writeInt(weights.values().length);
      writeAll(out, weights.values());
      writeAll(out, weights.first());
      writeAll(out, weights.second());
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
    return bytes.toByteArray();
  }

  /**
   * @throws IllegalArgumentException if the bytes are of another format, space or network
   */
  static Learner decode(
      Reinforce settings, SearchSpace space, PolicyNetwork network, byte[] state) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(state))) {
      byte format = in.readByte();
      require(format == FORMAT, "a learner's state of unknown format " + format);
      Baseline baseline =
          new Baseline(in.readLong(), in.readDouble(), in.readDouble(), in.readDouble());
      int children = in.readInt();
      require(children >= 0 && children < settings.batch(), children + " pending children");
      List<Child> pending = new ArrayList<>(children);
      for (int i = 0; i < children; i++) {
        pending.add(child(in, space, network.decisions()));
      }
      long updates = in.readLong();
      int size = in.readInt();
      require(
          size == network.layout().size(),
          "a state of " + size + " weights for a network of " + network.layout().size());
      Weights weights =
          new Weights(updates, readAll(in, size), readAll(in, size), readAll(in, size));
      require(in.available() == 0, in.available() + " bytes too many in a learner's state");
      return new Learner(settings, space, network, weights, baseline, pending);
    } catch (IOException e) {
      throw new IllegalArgumentException("a learner's state is cut short", e);
    }
  }

  private static Child child(DataInputStream in, SearchSpace space, int decisions)
      throws IOException {
    double advantage = in.readDouble();
    List<Integer> values = new ArrayList<>(decisions);
    for (int i = 0; i < decisions; i++) {
      values.add(in.readInt());
    }
    Architecture architecture = new Architecture(space.kind(), values);
    space.check(architecture);
    return new Child(architecture, advantage);
  }

  private static void writeAll(DataOutputStream out, double[] numbers) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(numbers.length * Double.BYTES);
    bytes.asDoubleBuffer().put(numbers);
    out.write(bytes.array());
  }

  private static double[] readAll(DataInputStream in, int size) throws IOException {
    byte[] bytes = new byte[size * Double.BYTES];
    in.readFully(bytes);
    DoubleBuffer numbers = ByteBuffer.wrap(bytes).asDoubleBuffer();
    double[] values = new double[size];
    numbers.get(values);
    return values;
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
