package dev.archipelago.protocol.space;

import java.util.ArrayList;
import java.util.List;

/**
 * One of the operations between which an edge of a supernet chooses.
 *
 * @param option of the edge's row
 * @param name under which its layers stand
 */
record Candidate(int option, String name, Builder builder) {

  /** Adds an operation's layers under a place and gives the node of its output. */
  interface Builder {
    int build(PlanBuilder plan, String place, int input, int stride);
  }

  int build(PlanBuilder plan, String place, int input, int stride) {
    return builder.build(plan, place + name + "/", input, stride);
  }

  /** With a batch norm after a pool, as after every other operation. */
  Candidate standardized() {
    return new Candidate(
        option,
        name,
        (plan, place, input, stride) -> {
          int output = builder.build(plan, place, input, stride);
          boolean pool =
              plan.layer(output) instanceof Layer.MaxPool
                  || plan.layer(output) instanceof Layer.AvgPool;
          return output != input && pool
              ? plan.add(place + "norm", new Layer.Standardize(), output)
              : output;
        });
  }

  /** The choice between all candidates on one input. */
  static int choice(
      PlanBuilder plan, String place, int row, List<Candidate> candidates, int input, int stride) {
    List<Integer> outputs = new ArrayList<>();
    for (Candidate candidate : candidates) {
      outputs.add(candidate.build(plan, place, input, stride));
    }
    List<Integer> options = candidates.stream().map(Candidate::option).toList();
    return plan.add(place + "choice", new Layer.Choice(row, options), outputs);
  }
}
