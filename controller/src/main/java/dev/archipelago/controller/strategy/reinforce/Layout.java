package dev.archipelago.controller.strategy.reinforce;

import java.util.ArrayList;
import java.util.List;

/**
 * Where each block of the network's weights stands in one flat array.
 *
 * <p>Axes: H hidden units (embeddings have as many), G gates of an LSTM cell, 4H, in the order
 * input, forget, output, candidate.
 */
final class Layout {

  /** A named stretch of the array. */
  record Block(String name, int offset, int length) {}

  private final List<Block> blocks = new ArrayList<>();
  private int size;

  final int hidden;
  final int layers;

  /** The input of the first step. [H] */
  final int start;

  /** For each group, an embedding of each of its options. [options, H] */
  final int[] embeddings;

  /**
   * For each LSTM layer, its weights of the input and of its own last output, by source. [2H, G]
   */
  final int[] cells;

  /** [G] */
  final int[] cellBiases;

  /** For each group, the softmax's weights. [options, H] */
  final int[] heads;

  /** For each choice step, the softmax's bias: the only weights that know the place. [options] */
  final int[] biases;

  /** The input after an anchor that took no skip. [H] */
  final int anchor;

  /** Attention: W_prev, W_curr, by source [H, H], and v [H]. */
  final int attentionPrevious;

  final int attentionCurrent;
  final int attentionVector;

  Layout(Sequence sequence, int hidden, int layers) {
    this.hidden = hidden;
    this.layers = layers;
    int groups = sequence.groups().size();
    start = block("start", hidden);
    embeddings = new int[groups];
    heads = new int[groups];
    for (int group = 0; group < groups; group++) {
      int options = sequence.groups().get(group);
      embeddings[group] = block("embedding_" + group, options * hidden);
      heads[group] = block("head_" + group, options * hidden);
    }
    cells = new int[layers];
    cellBiases = new int[layers];
    for (int layer = 0; layer < layers; layer++) {
      cells[layer] = block("cell_" + layer, 2 * hidden * 4 * hidden);
      cellBiases[layer] = block("cell_bias_" + layer, 4 * hidden);
    }
    biases = new int[sequence.steps().size()];
    boolean anchored = false;
    for (int step = 0; step < biases.length; step++) {
      if (sequence.steps().get(step) instanceof Step.Token token) {
        biases[step] = block("head_bias_" + step, token.options());
      } else {
        anchored = true;
      }
    }
    anchor = block("anchor", anchored ? hidden : 0);
    attentionPrevious = block("attention_previous", anchored ? hidden * hidden : 0);
    attentionCurrent = block("attention_current", anchored ? hidden * hidden : 0);
    attentionVector = block("attention_vector", anchored ? hidden : 0);
  }

  private int block(String name, int length) {
    int offset = size;
    if (length > 0) {
      blocks.add(new Block(name, offset, length));
    }
    size += length;
    return offset;
  }

  /** Number of weights. */
  int size() {
    return size;
  }

  List<Block> blocks() {
    return List.copyOf(blocks);
  }
}
