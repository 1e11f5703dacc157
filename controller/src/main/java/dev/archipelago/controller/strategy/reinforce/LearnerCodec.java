package dev.archipelago.controller.strategy.reinforce;

import dev.archipelago.controller.strategy.policy.Baseline;
import dev.archipelago.controller.strategy.policy.PolicyCodec;
import dev.archipelago.controller.strategy.policy.PolicyNetwork;
import dev.archipelago.controller.strategy.policy.Weights;
import dev.archipelago.protocol.space.SearchSpace;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
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
      PolicyCodec.write(out, learner.baseline());
      out.writeInt(learner.pending().size());
      for (Child child : learner.pending()) {
        out.writeDouble(child.advantage());
        PolicyCodec.write(out, child.architecture());
      }
      PolicyCodec.write(out, learner.weights());
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
      Baseline baseline = PolicyCodec.readBaseline(in);
      int children = in.readInt();
      require(children >= 0 && children < settings.batch(), children + " pending children");
      List<Child> pending = new ArrayList<>(children);
      for (int i = 0; i < children; i++) {
        double advantage = in.readDouble();
        pending.add(new Child(PolicyCodec.readArchitecture(in, space), advantage));
      }
      Weights weights = PolicyCodec.readWeights(in, network.size());
      require(in.available() == 0, in.available() + " bytes too many in a learner's state");
      return new Learner(settings, space, network, weights, baseline, pending);
    } catch (IOException e) {
      throw new IllegalArgumentException("a learner's state is cut short", e);
    }
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
