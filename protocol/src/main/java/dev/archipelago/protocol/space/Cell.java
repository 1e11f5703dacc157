package dev.archipelago.protocol.space;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What a recurrent layer does at a step, with x the input, h the state before and s the logistic
 * function. Weights and gates are stacked as torch has them, and both biases are kept.
 */
public enum Cell {
  /** h' = tanh(Wx + b + Uh + c) (Elman 1990). */
  RNN("rnn", 1),

  /**
   * Gates r, z, n: n = tanh(Wx + b + r * (Uh + c)), h' = (1 - z) * n + z * h (Cho et al. 2014,
   * arXiv:1406.1078, Eq. 5-8). <b>Departs:</b> as in torch, r weighs what U made of h and not h
   * itself, and z keeps the old state.
   */
  GRU("gru", 3),

  /**
   * Gates i, f, g, o: c' = f * c + i * tanh(g), h' = o * tanh(c') (Hochreiter and Schmidhuber 1997
   * with the forget gate of Gers et al. 2000).
   */
  LSTM("lstm", 4);

  private final String label;
  private final int gates;

  Cell(String label, int gates) {
    this.label = label;
    this.gates = gates;
  }

  /** The name in specs. */
  public String label() {
    return label;
  }

  /** Rows of weights for each unit. */
  public int gates() {
    return gates;
  }

  public static Optional<Cell> labelled(String label) {
    return Arrays.stream(values()).filter(cell -> cell.label.equals(label)).findFirst();
  }

  public static List<String> labels() {
    return Arrays.stream(values()).map(Cell::label).toList();
  }
}
