package dev.archipelago.controller.strategy.ppo;

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
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.DoubleStream;

/**
 * A {@link ProximalLearner} as bytes: format, baseline, number of proposals without a result, each
 * with its number and log probabilities, number of pending rollouts, each with its advantage,
 * values and log probabilities, then the weights.
 */
final class ProximalCodec {
  private static final byte FORMAT = 1;

  private ProximalCodec() {}

  static byte[] encode(ProximalLearner learner) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(FORMAT);
      PolicyCodec.write(out, learner.baseline());
      out.writeInt(learner.asked().size());
      for (Map.Entry<Integer, List<Double>> asked : learner.asked().entrySet()) {
        out.writeInt(asked.getKey());
        write(out, asked.getValue());
      }
      out.writeInt(learner.pending().size());
      for (Rollout rollout : learner.pending()) {
        out.writeDouble(rollout.advantage());
        PolicyCodec.write(out, rollout.architecture());
        write(out, rollout.logProbabilities());
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
  static ProximalLearner decode(
      Ppo settings, SearchSpace space, PolicyNetwork network, byte[] state) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(state))) {
      byte format = in.readByte();
      require(format == FORMAT, "a learner's state of unknown format " + format);
      Baseline baseline = PolicyCodec.readBaseline(in);
      Map<Integer, List<Double>> asked = new TreeMap<>();
      for (int open = count(in, "proposals"); open > 0; open--) {
        asked.put(in.readInt(), read(in, network.decisions()));
      }
      int rollouts = count(in, "rollouts");
      require(rollouts < settings.batch(), rollouts + " pending rollouts");
      List<Rollout> pending = new ArrayList<>();
      for (int i = 0; i < rollouts; i++) {
        double advantage = in.readDouble();
        pending.add(
            new Rollout(
                PolicyCodec.readArchitecture(in, space), read(in, network.decisions()), advantage));
      }
      Weights weights = PolicyCodec.readWeights(in, network.size());
      require(in.available() == 0, in.available() + " bytes too many in a learner's state");
      return new ProximalLearner(settings, space, network, weights, baseline, asked, pending);
    } catch (IOException e) {
      throw new IllegalArgumentException("a learner's state is cut short", e);
    }
  }

  private static int count(DataInputStream in, String what) throws IOException {
    int count = in.readInt();
    require(count >= 0, count + " " + what);
    return count;
  }

  private static void write(DataOutputStream out, List<Double> numbers) throws IOException {
    PolicyCodec.write(out, numbers.stream().mapToDouble(Double::doubleValue).toArray());
  }

  private static List<Double> read(DataInputStream in, int size) throws IOException {
    return DoubleStream.of(PolicyCodec.readDoubles(in, size)).boxed().toList();
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
