package dev.archipelago.controller.strategy.reinforce;

import dev.archipelago.controller.strategy.genotype.StateCodec;
import dev.archipelago.controller.strategy.policy.Baseline;
import dev.archipelago.controller.strategy.policy.PolicyCodec;
import dev.archipelago.controller.strategy.policy.PolicyNetwork;
import dev.archipelago.controller.strategy.policy.Weights;
import dev.archipelago.protocol.space.SearchSpace;
import java.util.ArrayList;
import java.util.List;

/**
 * A {@link Learner} as bytes: baseline, number of pending children, each with its advantage and
 * values, then the weights.
 */
final class LearnerCodec {
  private static final int FORMAT = 1;

  private LearnerCodec() {}

  static byte[] encode(Learner learner) {
    return StateCodec.encode(
        FORMAT,
        out -> {
          PolicyCodec.write(out, learner.baseline());
          out.writeInt(learner.pending().size());
          for (Child child : learner.pending()) {
            out.writeDouble(child.advantage());
            StateCodec.write(out, child.architecture());
          }
          PolicyCodec.write(out, learner.weights());
        });
  }

  /**
   * @throws IllegalArgumentException if the bytes are of another format, space or network
   */
  static Learner decode(
      Reinforce settings, SearchSpace space, PolicyNetwork network, byte[] state) {
    return StateCodec.decode(
        FORMAT,
        state,
        in -> {
          Baseline baseline = PolicyCodec.readBaseline(in);
          int children = in.readInt();
          StateCodec.require(
              children >= 0 && children < settings.batch(), children + " pending children");
          List<Child> pending = new ArrayList<>(children);
          for (int i = 0; i < children; i++) {
            double advantage = in.readDouble();
            pending.add(new Child(StateCodec.read(in, space, network.decisions()), advantage));
          }
          Weights weights = PolicyCodec.readWeights(in, network.size());
          return new Learner(settings, space, network, weights, baseline, pending);
        });
  }
}
