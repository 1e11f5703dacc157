package dev.archipelago.worker.torch;

import java.util.BitSet;
import java.util.List;
import java.util.function.Consumer;
import org.bytedeco.pytorch.Tensor;

/** A forward pass: what a {@link Program} computes for one selection, step by step. */
final class Passage {

  /** Computes one node's value. */
  static final class Step {
    final int node;
    final Operation operation;
    final int[] reads; // nodes
    final int[] frees; // nodes that nobody reads after this one
    final int rectifiers; // how many of the plan's ReLUs have this output

    Step(int node, Operation operation, int[] reads, int[] frees, int rectifiers) {
      this.node = node;
      this.operation = operation;
      this.reads = reads;
      this.frees = frees;
      this.rectifiers = rectifiers;
    }
  }

  private final List<Step> steps;
  private final int nodes;
  private final int output;
  private final BitSet parameters;
  private final long activations;

  Passage(List<Step> steps, int nodes, int output, BitSet parameters, long activations) {
    this.steps = steps;
    this.nodes = nodes;
    this.output = output;
    this.parameters = parameters;
    this.activations = activations;
  }

  /** Indices, in the plan's order, of the parameters that it uses. */
  BitSet parameters() {
    return parameters;
  }

  /** Numbers that all its values for one example hold together. */
  long activations() {
    return activations;
  }

  /**
   * Runs every step; intermediate tensors go as soon as nobody reads them, except what the gradient
   * needs.
   *
   * @param images [N, C, H, W]
   * @return logits, [N, classes]
   */
  Tensor forward(Tensor images, Norms norms) {
    return forward(images, norms, output -> {});
  }

  /**
   * As above.
   *
   * @param rectified sees the output of every ReLU of the plan, [N, C, H, W], while it is there
   */
  Tensor forward(Tensor images, Norms norms, Consumer<Tensor> rectified) {
    Tensor[] values = new Tensor[nodes];
    values[0] = images;
    for (Step step : steps) {
      Tensor[] read = new Tensor[step.reads.length];
      for (int j = 0; j < read.length; j++) {
        read[j] = values[step.reads[j]];
      }
      Tensor value = step.operation.apply(read, norms);
      values[step.node] = value;
      for (int i = 0; i < step.rectifiers; i++) {
        rectified.accept(value);
      }
      for (int done : step.frees) {
        values[done].close();
      }
    }
    return values[output].flatten(1, 3);
  }
}
