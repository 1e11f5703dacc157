package dev.archipelago.controller.strategy.policy;

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

  /**
   * For each decision, the bias of its softmax [options] or sigmoid [1]: the only weights that know
   * the place.
   */
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
    biases = new int[sequence.decisions()];
    boolean anchored = false;
    for (Step step : sequence.steps()) {
      if (step instanceof Step.Token token) {
        biases[token.decision()] = bias(token.decision(), token.options());
      } else if (step instanceof Step.Anchor end) {
        anchored = true;
        for (Step.Link link : end.links()) {
          biases[link.decision()] = bias(link.decision(), 1);
        }
      }
    }
    anchor = block("anchor", anchored ? hidden : 0);
    attentionPrevious = block("attention_previous", anchored ? hidden * hidden : 0);
    attentionCurrent = block("attention_current", anchored ? hidden * hidden : 0);
    attentionVector = block("attention_vector", anchored ? hidden : 0);
  }

  private int bias(int decision, int length) {
    return block("bias_" + decision, length);
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
