package dev.archipelago.worker.torch;

import dev.archipelago.protocol.space.Layer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** A recurrent layer in one call of libtorch's for all steps. */
final class Recurrence {
  private final Layer.Recurrent layer;
  private final TensorVector parameters; // weight_ih, weight_hh, bias_ih, bias_hh

  Recurrence(String name, Layer.Recurrent layer, Weights weights) {
    this.layer = layer;
    this.parameters =
        new TensorVector(
            weights.get(name + ".weight_ih"), // [G * H, C]
            weights.get(name + ".weight_hh"), // [G * H, H]
            weights.get(name + ".bias_ih"), // [G * H]
            weights.get(name + ".bias_hh"));
  }

  /**
   * @return [N, H, T, 1], or [N, H, 1, 1] where only the last state comes out
   */
  Tensor apply(Tensor[] in, Norms norms) {
    Tensor steps = in[0].permute(0, 2, 3, 1).flatten(1, 2); // [N, T, C]
    Tensor states =
        states(steps, norms instanceof Norms.Remembering || norms == Norms.BATCH); // [N, T, H]
    return layer.everyStep()
        ? Operations.steps(states)
        : Operations.vector(states.select(1, steps.size(1) - 1));
  }

  private Tensor states(Tensor steps, boolean training) {
    Tensor zero = zero(steps);
    return switch (layer.cell()) {
      case RNN -> torch.rnn_tanh(steps, zero, parameters, true, 1, 0, training, false, true).get0();
      case GRU -> torch.gru(steps, zero, parameters, true, 1, 0, training, false, true).get0();
      case LSTM ->
          torch
              .lstm(
                  steps,
                  new TensorVector(zero, zero),
                  parameters,
                  true,
                  1,
                  0,
                  training,
                  false,
                  true)
              .get0();
    };
  }

  /** The state before the first step, [1, N, H]. */
  private Tensor zero(Tensor steps) {
    TensorOptions options = steps.options();
    return torch.zeros(new long[] {1, steps.size(0), layer.units()}, options);
  }
}
