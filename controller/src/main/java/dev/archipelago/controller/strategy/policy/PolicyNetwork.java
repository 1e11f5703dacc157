package dev.archipelago.controller.strategy.policy;

import dev.archipelago.protocol.random.SplitMix64;
import dev.archipelago.protocol.space.Decision;
import java.util.Arrays;
import java.util.BitSet;
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
public final class PolicyNetwork {
  private final Sequence sequence;
  private final Layout layout;
  private final double[] bounds; // of each decision's scores

  /** Without bounds. */
  public PolicyNetwork(List<Decision> decisions, int hidden, int layers) {
    this(decisions, hidden, layers, Bounds.NONE);
  }

  public PolicyNetwork(List<Decision> decisions, int hidden, int layers, Bounds limits) {
    sequence = Sequence.of(decisions);
    layout = new Layout(sequence, hidden, layers);
    bounds = decisions.stream().mapToDouble(limits::of).toArray();
  }

  /** How many weights it has. */
  public int size() {
    return layout.size();
  }

  Layout layout() {
    return layout;
  }

  /** How many decisions an architecture has. */
  public int decisions() {
    return sequence.decisions();
  }

  /** Uniform in [-range, range). */
  public double[] initialWeights(SplitMix64 random, double range) {
    double[] weights = new double[layout.size()];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = range * (2 * random.nextDouble() - 1);
    }
    return weights;
  }

  /**
   * Changes weights so that a decision's values are drawn otherwise from the start.
   *
   * @param decision index of a choice
   * @param score what is added to its option's score before the softmax
   */
  public void bias(double[] weights, int decision, int option, double score) {
    weights[layout.biases[decision] + option] += score;
  }

  /** Draws an architecture's values. */
  public int[] sample(double[] weights, SplitMix64 random) {
    int[] values = new int[sequence.decisions()];
    episode(weights, values).draw(random);
    return values;
  }

  /**
   * Draws what is not given.
   *
   * @param values those of the given decisions; the others are overwritten
   */
  public void complete(double[] weights, int[] values, BitSet given, SplitMix64 random) {
    episode(weights, values, given).draw(random);
  }

  /** The architecture that it would settle for: the likeliest value, decision by decision. */
  public int[] settle(double[] weights) {
    int[] values = new int[sequence.decisions()];
    episode(weights, values).settle();
    return values;
  }

  private Episode episode(double[] weights, int[] values) {
    return episode(weights, values, new BitSet());
  }

  private Episode episode(double[] weights, int[] values, BitSet given) {
    return new Episode(sequence, layout, bounds, weights, values, given);
  }

  /** Log probability of the values and the sum of the entropies met on the way, in nats. */
  public Likelihood likelihood(double[] weights, int[] values) {
    return episode(weights, values).read();
  }

  /** Log probability of each decision's value given those before it, in nats. */
  public double[] logProbabilities(double[] weights, int[] values) {
    return logProbabilities(weights, values, new BitSet());
  }

  /** The same where some are given: theirs is 0. */
  public double[] logProbabilities(double[] weights, int[] values, BitSet given) {
    Episode episode = episode(weights, values, given);
    episode.read();
    return episode.logProbabilities();
  }

  /**
   * Adds the gradient of -(advantage * log probability + entropyWeight * entropy) to {@code
   * gradient}. The entropy is that of each step given the values before it.
   */
  public void addGradient(
      double[] weights, int[] values, double advantage, double entropyWeight, double[] gradient) {
    Regularization regularization = Regularization.entropy(entropyWeight);
    addGradient(weights, values, advantage, regularization, gradient);
  }

  /** The same with all that a regularization holds. */
  public void addGradient(
      double[] weights,
      int[] values,
      double advantage,
      Regularization regularization,
      double[] gradient) {
    double[] slopes = new double[values.length];
    Arrays.fill(slopes, advantage);
    addGradient(
        weights, values, new BitSet(), logProbabilities -> slopes, regularization, gradient);
  }

  /** The same where some decisions are given: none of the gradient comes from these. */
  public void addGradient(
      double[] weights,
      int[] values,
      BitSet given,
      double advantage,
      double entropyWeight,
      double[] gradient) {
    double[] slopes = new double[values.length];
    Arrays.fill(slopes, advantage);
    Regularization regularization = Regularization.entropy(entropyWeight);
    addGradient(weights, values, given, logProbabilities -> slopes, regularization, gradient);
  }

  /**
   * The same for an objective that is a function of each decision's log probability.
   *
   * @param objective gives its derivatives by them
   */
  public void addGradient(
      double[] weights, int[] values, Slopes objective, double entropyWeight, double[] gradient) {
    Regularization regularization = Regularization.entropy(entropyWeight);
    addGradient(weights, values, new BitSet(), objective, regularization, gradient);
  }

  private void addGradient(
      double[] weights,
      int[] values,
      BitSet given,
      Slopes objective,
      Regularization regularization,
      double[] gradient) {
    Episode episode = episode(weights, values, given);
    episode.read();
    episode.backward(objective.at(episode.logProbabilities()), regularization, gradient);
  }

  /** Derivatives of an objective by the decisions' log probabilities, where these are so. */
  public interface Slopes {
    double[] at(double[] logProbabilities);
  }

  public record Likelihood(double logProbability, double entropy) {}
}
