package dev.archipelago.protocol.space;

import java.util.List;

/**
 * One choice in a {@link Supernet}: which of some options comes through, at every node that follows
 * the row.
 *
 * @param name unique in its supernet, {@code normal/node_1/from_0}
 * @param options their names, {@code sep_conv_3x3} or {@code none}
 */
public record Row(String name, List<String> options) {
  public Row {
    options = List.copyOf(options);
    if (options.isEmpty()) {
      throw new IllegalArgumentException(name + " has no options");
    }
  }
}
