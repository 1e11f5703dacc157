package dev.archipelago.worker.dl4j;

/**
 * A node's output.
 *
 * @param flat whether it is [N, C] rather than [N, C, H, W]
 * @param raw whether it may share memory with the graph's input
 */
record Value(String vertex, boolean flat, boolean raw) {
  static Value map(String vertex) {
    return new Value(vertex, false, false);
  }

  static Value vector(String vertex) {
    return new Value(vertex, true, false);
  }
}
