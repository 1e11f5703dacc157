package dev.archipelago.controller.spec;

import dev.archipelago.protocol.trial.Proxy;

/** How far a configuration is evaluated before it is decided whether to go on with it. */
public sealed interface Rung {

  /** As a spec has it: {@code synflow}, {@code 3}. */
  String label();

  /** A score of the untrained network; only rungs below all trained ones. */
  record ZeroCost(Proxy proxy) implements Rung {
    @Override
    public String label() {
      return proxy.label();
    }
  }

  /**
   * Trained up to so many epochs.
   *
   * @param count from fresh weights, at least 1
   */
  record Epochs(int count) implements Rung {
    @Override
    public String label() {
      return String.valueOf(count);
    }
  }
}
