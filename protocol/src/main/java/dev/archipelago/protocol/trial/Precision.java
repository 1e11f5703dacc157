package dev.archipelago.protocol.trial;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * In what a network's training steps compute. Whatever is measured, scores, latencies, proxies and
 * the alphas' gradients, is of float32.
 */
public enum Precision {
  /** All of it in 32 bits. */
  FLOAT32("float32"),
  /**
   * Mixed: convolutions and matrix products in bfloat16 (8 bits of precision, float32's range);
   * weights, what their gradients add up to, momentum, batch norms' statistics and the loss in
   * float32 (Micikevicius et al. 2018, arXiv:1710.03740; Kalamkar et al. 2019, arXiv:1905.12322).
   */
  BF16("bf16");

  private final String label;

  Precision(String label) {
    this.label = label;
  }

  /** The name in specs and messages. */
  public String label() {
    return label;
  }

  public static Optional<Precision> labelled(String label) {
    return Arrays.stream(values()).filter(p -> p.label.equals(label)).findFirst();
  }

  public static List<String> labels() {
    return Arrays.stream(values()).map(Precision::label).toList();
  }
}
