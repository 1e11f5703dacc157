package dev.archipelago.protocol.wire;

import com.google.protobuf.ByteString;
import dev.archipelago.protocol.space.NetworkPlan;
import dev.archipelago.protocol.wire.proto.PlanProto;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * A network plan, gzipped: a supernet has thousands of nodes, whose names are much alike, and would
 * not fit in a message otherwise.
 */
final class PackedPlan {

  /** Unpacked. What fits in a message packed has less; a few bytes could claim gigabytes. */
  static final int LIMIT_BYTES = 8 << 20;

  private PackedPlan() {}

  /**
   * @throws IllegalArgumentException if the plan is larger than what is read
   */
  static ByteString toBytes(NetworkPlan plan) {
    PlanProto.NetworkPlan proto = PlanCodec.toProto(plan);
    require(proto.getSerializedSize() <= LIMIT_BYTES);
    ByteString.Output bytes = ByteString.newOutput();
    try (OutputStream packing = new GZIPOutputStream(bytes)) {
      proto.writeTo(packing);
    } catch (IOException e) {
      throw new UncheckedIOException("memory is always written to", e);
    }
    return bytes.toByteString();
  }

  /**
   * @throws IllegalArgumentException if the bytes are no such plan, or one of more than {@link
   *     #LIMIT_BYTES}
   */
  static NetworkPlan fromBytes(ByteString bytes) {
    return PlanCodec.fromProto(Fields.parse(PlanProto.NetworkPlan.parser(), unpacked(bytes)));
  }

  private static byte[] unpacked(ByteString bytes) {
    try (InputStream unpacking = new GZIPInputStream(bytes.newInput())) {
      byte[] plan = unpacking.readNBytes(LIMIT_BYTES + 1);
      require(plan.length <= LIMIT_BYTES);
      return plan;
    } catch (IOException e) {
      throw new IllegalArgumentException("not a packed plan: " + e.getMessage(), e);
    }
  }

  private static void require(boolean fits) {
    if (!fits) {
      throw new IllegalArgumentException(
          "a plan has at most %d bytes when it is unpacked".formatted(LIMIT_BYTES));
    }
  }
}
