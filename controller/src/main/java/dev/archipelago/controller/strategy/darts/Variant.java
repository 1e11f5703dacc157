package dev.archipelago.controller.strategy.darts;

import java.util.Arrays;
import java.util.List;

/** How a choice is relaxed. */
enum Variant {
  /** Every operation, weighted (Liu et al. 2019, arXiv:1806.09055v2, §2.2 Eq. 2). */
  PLAIN("plain"),
  /** One operation a step, drawn by the Gumbel-max trick (Dong and Yang 2019, arXiv:1910.04465). */
  GDAS("gdas"),
  /** Some of the channels (Xu et al. 2020, arXiv:1907.05737v4). */
  PC("pc");

  private final String label;

  Variant(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }

  static List<String> labels() {
    return Arrays.stream(values()).map(Variant::label).toList();
  }

  static Variant labelled(String label) {
    return Arrays.stream(values()).filter(v -> v.label.equals(label)).findFirst().orElseThrow();
  }
}
