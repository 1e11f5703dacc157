package dev.archipelago.controller.strategy.policy;

/**
 * A stack of LSTM cells running over one sequence, with what the way back needs.
 *
 * <p>Hochreiter and Schmidhuber 1997 with forget gates, without peepholes. Axes: T steps, H hidden
 * units, G = 4H gates (input, forget, output, candidate). Mutable; lives for one pass.
 */
final class Lstm {
  private final Layout layout;
  private final double[] weights;
  private final int hidden;
  private final int gates;
  private final double[] inputs; // [T, H]
  private final double[][] activations; // per layer, after their nonlinearity [T, G]
  private final double[][] cells; // per layer; row 0 is before the first step [T + 1, H]
  private final double[][] squashed; // per layer, tanh of the cells [T, H]
  private final double[][] outputs; // per layer; row 0 is before the first step [T + 1, H]

  Lstm(Layout layout, double[] weights, int steps) {
    this.layout = layout;
    this.weights = weights;
    this.hidden = layout.hidden;
    this.gates = 4 * hidden;
    inputs = new double[steps * hidden];
    activations = new double[layout.layers][steps * gates];
    cells = new double[layout.layers][(steps + 1) * hidden];
    squashed = new double[layout.layers][steps * hidden];
    outputs = new double[layout.layers][(steps + 1) * hidden];
  }

  /** Where the input of a step is to be written, [T, H]. */
  double[] inputs() {
    return inputs;
  }

  /** The top layer's outputs; a step's row is one further on, [T + 1, H]. */
  double[] top() {
    return outputs[layout.layers - 1];
  }

  /** Reads the input of this step and writes the outputs of all layers. */
  void forward(int step) {
    double[] input = inputs;
    int inputAt = step * hidden;
    for (int layer = 0; layer < layout.layers; layer++) {
      forward(layer, step, input, inputAt);
      input = outputs[layer];
      inputAt = (step + 1) * hidden;
    }
  }

  private void forward(int layer, int step, double[] input, int inputAt) {
    double[] z = activations[layer];
    int at = step * gates;
    int w = layout.cells[layer];
    double[] output = outputs[layer];
    int before = step * hidden;
    int after = before + hidden;
    System.arraycopy(weights, layout.cellBiases[layer], z, at, gates);
    for (int j = 0; j < hidden; j++) {
      Vectors.addScaled(input[inputAt + j], weights, w + j * gates, z, at, gates);
    }
    for (int j = 0; j < hidden; j++) {
      Vectors.addScaled(output[before + j], weights, w + (hidden + j) * gates, z, at, gates);
    }
    for (int k = 0; k < 3 * hidden; k++) {
      z[at + k] = Vectors.sigmoid(z[at + k]);
    }
    for (int k = 3 * hidden; k < gates; k++) {
      z[at + k] = Vectors.tanh(z[at + k]);
    }
    for (int k = 0; k < hidden; k++) {
      double cell =
          z[at + hidden + k] * cells[layer][before + k] + z[at + k] * z[at + 3 * hidden + k];
      double tanh = Vectors.tanh(cell);
      cells[layer][after + k] = cell;
      squashed[layer][before + k] = tanh;
      output[after + k] = z[at + 2 * hidden + k] * tanh;
    }
  }

  /**
   * Back through one step, the last first.
   *
   * @param carry gradients of all layers' outputs and cells after this step, [2, layers, H]; on
   *     return those before it. The caller adds what comes from outside to the top layer's output.
   * @param gradient of the weights; is added to
   * @param inputGradient receives the gradient of this step's input, [H]
   */
  void backward(int step, double[][][] carry, double[] gradient, double[] inputGradient) {
    double[] dz = new double[gates];
    for (int layer = layout.layers - 1; layer >= 0; layer--) {
      double[] dOutput = carry[0][layer];
      double[] dCell = carry[1][layer];
      double[] z = activations[layer];
      int at = step * gates;
      int before = step * hidden;
      for (int k = 0; k < hidden; k++) {
        double in = z[at + k];
        double forget = z[at + hidden + k];
        double out = z[at + 2 * hidden + k];
        double candidate = z[at + 3 * hidden + k];
        double tanh = squashed[layer][before + k];
        double d = dCell[k] + dOutput[k] * out * (1 - tanh * tanh);
        dz[k] = d * candidate * in * (1 - in);
        dz[hidden + k] = d * cells[layer][before + k] * forget * (1 - forget);
        dz[2 * hidden + k] = dOutput[k] * tanh * out * (1 - out);
        dz[3 * hidden + k] = d * in * (1 - candidate * candidate);
        dCell[k] = d * forget;
      }
      Vectors.addScaled(1, dz, 0, gradient, layout.cellBiases[layer], gates);
      double[] input = layer == 0 ? inputs : outputs[layer - 1];
      int inputAt = layer == 0 ? before : before + hidden;
      int w = layout.cells[layer];
      for (int j = 0; j < hidden; j++) {
        int row = w + j * gates;
        Vectors.addScaled(input[inputAt + j], dz, 0, gradient, row, gates);
        double d = Vectors.dot(weights, row, dz, 0, gates);
        if (layer == 0) {
          inputGradient[j] = d;
        } else {
          carry[0][layer - 1][j] += d;
        }
      }
      for (int j = 0; j < hidden; j++) {
        int row = w + (hidden + j) * gates;
        Vectors.addScaled(outputs[layer][before + j], dz, 0, gradient, row, gates);
        dOutput[j] = Vectors.dot(weights, row, dz, 0, gates);
      }
    }
  }
}
