package dev.archipelago.controller.strategy.reinforce;

import dev.archipelago.protocol.random.SplitMix64;
import dev.archipelago.protocol.space.Decision;
import java.util.List;

/**
 * The recurrent network that writes an architecture decision by decision: Zoph and Le 2017,
 * arXiv:1611.01578v2, §3.1 and §3.3.
 *
 * <p>A choice is drawn from a softmax over the top layer's output; its embedding is the next step's
 * input. At a layer's anchor each skip is drawn with P(layer j is input to layer i) = sigmoid(v'
 * tanh(W_prev h_j + W_curr h_i)), §3.3.
 *
 * <p><b>Departs:</b> the paper does not say what follows an anchor: here a learned vector plus the
 * sum of the chosen layers' hidden states over one more than their number, as in ENAS's published
 * code (arXiv:1802.03268). Softmaxes and sigmoids have a bias of their own for every decision,
 * while all else is shared within a group: with some hundred trials places would hardly be told
 * apart by the recurrent state alone. <b>Checked by:</b> {@code PolicyGradientTest}.
 */
final class PolicyNetwork {
  private final Sequence sequence;
  private final Layout layout;

  PolicyNetwork(List<Decision> decisions, int hidden, int layers) {
    sequence = Sequence.of(decisions);
    layout = new Layout(sequence, hidden, layers);
  }

  Layout layout() {
    return layout;
  }

  int decisions() {
    return sequence.decisions();
  }

  /** Uniform in [-range, range). */
  double[] initialWeights(SplitMix64 random, double range) {
    double[] weights = new double[layout.size()];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = range * (2 * random.nextDouble() - 1);
    }
    return weights;
  }

  /** Draws an architecture's values. */
  int[] sample(double[] weights, SplitMix64 random) {
    int[] values = new int[sequence.decisions()];
    Episode episode = new Episode(sequence, layout, weights, values);
    episode.draw(random);
    return values;
  }

  /** Log probability of the values and the sum of the entropies met on the way, in nats. */
  Likelihood likelihood(double[] weights, int[] values) {
    return new Episode(sequence, layout, weights, values).read();
  }

  /**
   * Adds the gradient of -(advantage * log probability + entropyWeight * entropy) to {@code
   * gradient}. The entropy is that of each step given the values before it.
   */
  void addGradient(
      double[] weights, int[] values, double advantage, double entropyWeight, double[] gradient) {
    Episode episode = new Episode(sequence, layout, weights, values);
    episode.read();
    episode.backward(advantage, entropyWeight, gradient);
  }

  record Likelihood(double logProbability, double entropy) {}
}
