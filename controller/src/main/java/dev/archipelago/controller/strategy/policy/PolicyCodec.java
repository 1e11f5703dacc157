package dev.archipelago.controller.strategy.policy;

import dev.archipelago.controller.strategy.genotype.StateCodec;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;

/**
 * The parts of a policy's state as bytes. Numbers are big-endian, doubles their raw bits.
 *
 * <p>Every {@code read} throws {@link IllegalArgumentException} if the bytes are not what its
 * {@code write} wrote, and {@link java.io.EOFException} if there are too few.
 */
public final class PolicyCodec {
  private PolicyCodec() {}

  public static void write(DataOutputStream out, Baseline baseline) throws IOException {
    out.writeLong(baseline.told());
    out.writeDouble(baseline.mean());
    out.writeDouble(baseline.deviation());
    out.writeDouble(baseline.worst());
  }

  public static Baseline readBaseline(DataInputStream in) throws IOException {
    return new Baseline(in.readLong(), in.readDouble(), in.readDouble(), in.readDouble());
  }

  /** Number of updates, number of weights, weights, both of Adam's means. */
  public static void write(DataOutputStream out, Weights weights) throws IOException {
    out.writeLong(weights.updates());
    out.writeInt(weights.values().length);
    write(out, weights.values());
    write(out, weights.first());
    write(out, weights.second());
  }

  /**
   * @param size of the network that they are for
   */
  public static Weights readWeights(DataInputStream in, int size) throws IOException {
    long updates = in.readLong();
    int found = in.readInt();
    StateCodec.require(found == size, "a state of " + found + " weights for a network of " + size);
    return new Weights(
        updates, readDoubles(in, size), readDoubles(in, size), readDoubles(in, size));
  }

  public static void write(DataOutputStream out, double[] numbers) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(numbers.length * Double.BYTES);
    bytes.asDoubleBuffer().put(numbers);
    out.write(bytes.array());
  }

  public static double[] readDoubles(DataInputStream in, int size) throws IOException {
    byte[] bytes = new byte[size * Double.BYTES];
    in.readFully(bytes);
    DoubleBuffer numbers = ByteBuffer.wrap(bytes).asDoubleBuffer();
    double[] values = new double[size];
    numbers.get(values);
    return values;
  }
}
