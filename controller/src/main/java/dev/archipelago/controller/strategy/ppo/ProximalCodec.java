package dev.archipelago.controller.strategy.ppo;

import dev.archipelago.controller.strategy.genotype.StateCodec;
import dev.archipelago.controller.strategy.policy.Baseline;
import dev.archipelago.controller.strategy.policy.PolicyCodec;
import dev.archipelago.controller.strategy.policy.PolicyNetwork;
import dev.archipelago.controller.strategy.policy.Weights;
import dev.archipelago.protocol.space.Architecture;
import dev.archipelago.protocol.space.SearchSpace;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.DoubleStream;

/**
 * A {@link ProximalLearner} as bytes: baseline, number of proposals without a result, each with its
 * number and log probabilities, number of pending rollouts, each with its advantage, values and log
 * probabilities, then the weights.
 */
final class ProximalCodec {
  private static final int FORMAT = 5;

  private ProximalCodec() {}

  static byte[] encode(ProximalLearner learner) {
    return StateCodec.encode(
        FORMAT,
        out -> {
          PolicyCodec.write(out, learner.baseline());
          out.writeInt(learner.asked().size());
          for (Map.Entry<Integer, List<Double>> asked : learner.asked().entrySet()) {
            out.writeInt(asked.getKey());
            write(out, asked.getValue());
          }
          out.writeInt(learner.pending().size());
          for (Rollout rollout : learner.pending()) {
            out.writeDouble(rollout.advantage());
            StateCodec.write(out, rollout.architecture());
            write(out, rollout.logProbabilities());
          }
          PolicyCodec.write(out, learner.weights());
        });
  }

  /**
   * @throws IllegalArgumentException if the bytes are of another format, space or network
   */
  static ProximalLearner decode(
      Ppo settings, SearchSpace space, PolicyNetwork network, byte[] state) {
    return StateCodec.decode(
        FORMAT,
        state,
        in -> {
          Baseline baseline = PolicyCodec.readBaseline(in);
          Map<Integer, List<Double>> asked = new TreeMap<>();
          for (int open = count(in, "proposals"); open > 0; open--) {
            asked.put(in.readInt(), read(in, network.decisions()));
          }
          int rollouts = count(in, "rollouts");
          StateCodec.require(rollouts < settings.batch(), rollouts + " pending rollouts");
          List<Rollout> pending = new ArrayList<>();
          for (int i = 0; i < rollouts; i++) {
            double advantage = in.readDouble();
            Architecture architecture = StateCodec.read(in, space, network.decisions());
            pending.add(new Rollout(architecture, read(in, network.decisions()), advantage));
          }
          Weights weights = PolicyCodec.readWeights(in, network.size());
          return new ProximalLearner(settings, space, network, weights, baseline, asked, pending);
        });
  }

  private static int count(DataInputStream in, String what) throws IOException {
    int count = in.readInt();
    StateCodec.require(count >= 0, count + " " + what);
    return count;
  }

  private static void write(DataOutputStream out, List<Double> numbers) throws IOException {
    PolicyCodec.write(out, numbers.stream().mapToDouble(Double::doubleValue).toArray());
  }

  private static List<Double> read(DataInputStream in, int size) throws IOException {
    return DoubleStream.of(PolicyCodec.readDoubles(in, size)).boxed().toList();
  }
}
