package dev.archipelago.controller.strategy.enas;

import dev.archipelago.controller.strategy.enas.Evidence.Comparison;
import dev.archipelago.controller.strategy.genotype.StateCodec;
import dev.archipelago.controller.strategy.policy.Baseline;
import dev.archipelago.controller.strategy.policy.PolicyCodec;
import dev.archipelago.controller.strategy.policy.PolicyNetwork;
import dev.archipelago.controller.strategy.policy.Weights;
import dev.archipelago.controller.strategy.shared.Progress;
import dev.archipelago.controller.strategy.shared.SharedCodec;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/** A {@link PathLearner} as bytes: progress, evidence, baseline, then the policy's weights. */
final class PathLearnerCodec {
  private static final int FORMAT = 7;

  private PathLearnerCodec() {}

  static byte[] encode(PathLearner learner) {
    return StateCodec.encode(
        FORMAT,
        out -> {
          SharedCodec.write(out, learner.progress());
          write(out, learner.evidence());
          PolicyCodec.write(out, learner.baseline());
          PolicyCodec.write(out, learner.weights());
        });
  }

  /**
   * @param start of the same context
   * @throws IllegalArgumentException if the bytes are of another format, space or network
   */
  static PathLearner decode(PathLearner start, byte[] state) {
    PolicyNetwork network = start.network();
    return StateCodec.decode(
        FORMAT,
        state,
        in -> {
          Progress progress = SharedCodec.readProgress(in, start.progress().timetable());
          Evidence evidence = readEvidence(in, start);
          Baseline baseline = PolicyCodec.readBaseline(in);
          Weights weights = PolicyCodec.readWeights(in, network.size());
          return start.with(weights, baseline, progress, evidence);
        });
  }

  private static void write(DataOutputStream out, Evidence evidence) throws IOException {
    out.writeDouble(evidence.first());
    out.writeDouble(evidence.last());
    out.writeDouble(evidence.comparison().policy());
    out.writeDouble(evidence.comparison().uniform());
    out.writeDouble(evidence.comparison().standardError());
    SharedCodec.write(out, evidence.latest());
  }

  private static Evidence readEvidence(DataInputStream in, PathLearner start) throws IOException {
    double first = in.readDouble();
    double last = in.readDouble();
    Comparison comparison = new Comparison(in.readDouble(), in.readDouble(), in.readDouble());
    return new Evidence(
        first,
        last,
        SharedCodec.readRanked(in, start.space(), start.network().decisions()),
        comparison);
  }
}
