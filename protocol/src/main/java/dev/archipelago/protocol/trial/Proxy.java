package dev.archipelago.protocol.trial;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A score of an untrained network that costs next to nothing (Abdelfattah et al. 2021,
 * arXiv:2101.08134). Larger is better.
 */
public enum Proxy {
  /** Sum of |weight x gradient| with positive weights and an input of ones (arXiv:2006.05467). */
  SYNFLOW("synflow"),
  /** How differently the ReLUs see the images of one batch (arXiv:2006.04647). */
  NASWOT("naswot"),
  /** Norm of the loss's gradient on one batch. */
  GRAD_NORM("grad_norm"),
  /** Trained numbers. */
  PARAMS("params"),
  /** Multiply-accumulates of one example. */
  FLOPS("flops");

  private final String label;

  Proxy(String label) {
    this.label = label;
  }

  /** The name in the literature, in specs and in {@link Measurement#metrics}. */
  public String label() {
    return label;
  }

  /** Whether it is read off the plan, and takes no engine. */
  public boolean isCount() {
    return this == PARAMS || this == FLOPS;
  }

  public static Optional<Proxy> labelled(String label) {
    return Arrays.stream(values()).filter(proxy -> proxy.label.equals(label)).findFirst();
  }

  public static List<String> labels() {
    return Arrays.stream(values()).map(Proxy::label).toList();
  }
}
