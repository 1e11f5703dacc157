package dev.archipelago.protocol.space;

import java.util.List;

/**
 * One choice that a search makes: a value in [0, {@link #cardinality()}).
 *
 * <p>A space is an ordered list of decisions, an {@link Architecture} one value for each. Policies
 * see the structure here (which decisions are of a kind, which connect two layers) and nothing of
 * the network.
 */
public sealed interface Decision {

  /** Unique in its space, with the place first: {@code layer_2/kernel_height}. */
  String name();

  /** The part of the name before its last slash: decisions about one layer or node share it. */
  default String place() {
    return name().substring(0, Math.max(0, name().lastIndexOf('/')));
  }

  /** How many values it has; at least 1. */
  int cardinality();

  /** What the value means, as it is written in JSON. */
  String label(int value);

  /** The value behind a label; -1 where there is none. */
  default int valueOf(String label) {
    for (int value = 0; value < cardinality(); value++) {
      if (label(value).equals(label)) {
        return value;
      }
    }
    return -1;
  }

  /**
   * One of several options.
   *
   * @param group decisions of one group ask the same question at different places (the kernel
   *     height of every layer), so that a policy may share weights among them
   */
  record Choice(String name, String group, List<String> options) implements Decision {
    public Choice {
      options = List.copyOf(options);
      if (options.isEmpty()) {
        throw new IllegalArgumentException(name + " has no options");
      }
    }

    @Override
    public int cardinality() {
      return options.size();
    }

    @Override
    public String label(int value) {
      return options.get(value);
    }
  }

  /**
   * Whether a layer also reads an earlier layer (Zoph and Le 2017, §3.3: the set-selection sigmoid
   * over anchor points). Both are layer numbers from 0; {@code source < layer}.
   *
   * <p>In a space with skips every place is a layer: the decisions of one place stand together, and
   * layers are numbered in the order of their places.
   */
  record Skip(String name, int layer, int source) implements Decision {
    public Skip {
      if (source < 0 || source >= layer) {
        throw new IllegalArgumentException(name + ": layer " + layer + " cannot read " + source);
      }
    }

    @Override
    public int cardinality() {
      return 2;
    }

    @Override
    public String label(int value) {
      return value == 1 ? "yes" : "no";
    }
  }
}
