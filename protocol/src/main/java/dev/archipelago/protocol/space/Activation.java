package dev.archipelago.protocol.space;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A nonlinearity after a dense layer. */
public enum Activation {
  RELU("relu"),
  TANH("tanh"),
  SIGMOID("sigmoid");

  private final String label;

  Activation(String label) {
    this.label = label;
  }

  /** The name in specs. */
  public String label() {
    return label;
  }

  Layer layer() {
    return switch (this) {
      case RELU -> new Layer.Relu();
      case TANH -> new Layer.Tanh();
      case SIGMOID -> new Layer.Sigmoid();
    };
  }

  public static Optional<Activation> labelled(String label) {
    return Arrays.stream(values()).filter(one -> one.label.equals(label)).findFirst();
  }

  public static List<String> labels() {
    return Arrays.stream(values()).map(Activation::label).toList();
  }
}
