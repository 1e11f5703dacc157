package dev.archipelago.controller.strategy.policy;

import dev.archipelago.protocol.random.SplitMix64;
import java.util.BitSet;
import java.util.List;

/**
 * One pass of the {@link PolicyNetwork} through its sequence, forward and, if wanted, back.
 *
 * <p>Axes: T steps, H hidden units. Mutable; lives for one call.
 */
final class Episode {

  /** Says what to take, knowing the probabilities. */
  private interface Chooser {
    int choose(int decision, double[] probabilities);
  }

  private final Sequence sequence;
  private final List<Step> steps;
  private final Layout layout;
  private final double[] bounds; // of each decision's scores
  private final double[] weights;
  private final int[] values;
  private final BitSet given; // decisions that are read, and not taken
  private final int hidden;
  private final Lstm lstm;
  private final double[][] probabilities; // per decision, [options]
  private final double[] scores; // of each decision that is a skip, bounded, before the sigmoid
  private final double[][] keys; // of each step that is an anchor, W_prev h_j [H]
  private final double[][] attended; // of each decision that is a skip, tanh(...) [H]
  private final double[][] steepness; // per decision, of the bounded scores by the raw [options]
  private final double[] logProbabilities; // of each decision's value
  private double logProbability;
  private double entropy;

  /**
   * @param given decisions whose values are there and not the policy's to take: they count neither
   *     in probability nor in entropy
   */
  Episode(
      Sequence sequence,
      Layout layout,
      double[] bounds,
      double[] weights,
      int[] values,
      BitSet given) {
    this.sequence = sequence;
    this.steps = sequence.steps();
    this.layout = layout;
    this.bounds = bounds;
    this.weights = weights;
    this.values = values;
    this.given = given;
    this.hidden = layout.hidden;
    lstm = new Lstm(layout, weights, steps.size());
    probabilities = new double[values.length][];
    steepness = new double[values.length][];
    logProbabilities = new double[values.length];
    scores = new double[values.length];
    keys = new double[steps.size()][];
    attended = new double[values.length][];
  }

  /** Draws the values. */
  void draw(SplitMix64 random) {
    forward((decision, probability) -> draw(probability, random.nextDouble()));
  }

  /** Takes the likeliest value of each decision, the first of equals. */
  void settle() {
    forward((decision, probability) -> likeliest(probability));
  }

  /** Follows the values that are there. */
  PolicyNetwork.Likelihood read() {
    forward((decision, probability) -> values[decision]);
    return new PolicyNetwork.Likelihood(logProbability, entropy);
  }

  private static int draw(double[] probability, double uniform) {
    double sum = 0;
    for (int k = 0; k < probability.length - 1; k++) {
      sum += probability[k];
      if (uniform < sum) {
        return k;
      }
    }
    return probability.length - 1;
  }

  private static int likeliest(double[] probability) {
    int best = 0;
    for (int k = 1; k < probability.length; k++) {
      best = probability[k] > probability[best] ? k : best;
    }
    return best;
  }

  private void forward(Chooser chooser) {
    System.arraycopy(weights, layout.start, lstm.inputs(), 0, hidden);
    for (int t = 0; t < steps.size(); t++) {
      lstm.forward(t);
      int next = t + 1 < steps.size() ? (t + 1) * hidden : -1;
      if (steps.get(t) instanceof Step.Token token) {
        token(t, token, chooser);
        if (next >= 0) {
          System.arraycopy(weights, embedding(token), lstm.inputs(), next, hidden);
        }
      } else if (steps.get(t) instanceof Step.Anchor anchor) {
        anchor(t, anchor, chooser);
        if (next >= 0) {
          System.arraycopy(weights, layout.anchor, lstm.inputs(), next, hidden);
          double share = share(anchor);
          for (Step.Link link : anchor.links()) {
            if (values[link.decision()] == 1) {
              Vectors.addScaled(
                  share, lstm.top(), (link.anchor() + 1) * hidden, lstm.inputs(), next, hidden);
            }
          }
        }
      }
    }
  }

  private int embedding(Step.Token token) {
    return layout.embeddings[token.group()] + values[token.decision()] * hidden;
  }

  private double share(Step.Anchor anchor) {
    int chosen = 0;
    for (Step.Link link : anchor.links()) {
      chosen += values[link.decision()];
    }
    return 1.0 / (1 + chosen);
  }

  /** The score that counts, within its decision's bound; notes how steeply it follows. */
  private double bounded(int decision, int option, double score) {
    double bound = bounds[decision];
    if (bound == Double.POSITIVE_INFINITY) {
      steepness[decision][option] = 1;
      return score;
    }
    double tanh = Vectors.tanh(score);
    steepness[decision][option] = bound * (1 - tanh * tanh);
    return bound * tanh;
  }

  private void token(int t, Step.Token token, Chooser chooser) {
    if (given.get(token.decision())) {
      return;
    }
    int at = (t + 1) * hidden;
    double[] p = new double[token.options()];
    steepness[token.decision()] = new double[p.length];
    double most = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < p.length; k++) {
      int head = layout.heads[token.group()] + k * hidden;
      double score =
          weights[layout.biases[token.decision()] + k]
              + Vectors.dot(weights, head, lstm.top(), at, hidden);
      p[k] = bounded(token.decision(), k, score);
      most = Math.max(most, p[k]);
    }
    double sum = 0;
    for (int k = 0; k < p.length; k++) {
      p[k] -= most;
      sum += StrictMath.exp(p[k]);
    }
    double logSum = StrictMath.log(sum);
    double[] log = p.clone();
    for (int k = 0; k < p.length; k++) {
      log[k] -= logSum;
      p[k] = StrictMath.exp(log[k]);
      entropy -= p[k] * log[k];
    }
    probabilities[token.decision()] = p;
    int value = chooser.choose(token.decision(), p);
    values[token.decision()] = value;
    logProbabilities[token.decision()] = log[value];
    logProbability += log[value];
  }

  private void anchor(int t, Step.Anchor anchor, Chooser chooser) {
    int at = (t + 1) * hidden;
    double[] key = new double[hidden];
    double[] query = new double[hidden];
    for (int j = 0; j < hidden; j++) {
      double h = lstm.top()[at + j];
      Vectors.addScaled(h, weights, layout.attentionPrevious + j * hidden, key, 0, hidden);
      Vectors.addScaled(h, weights, layout.attentionCurrent + j * hidden, query, 0, hidden);
    }
    keys[t] = key;
    for (Step.Link link : anchor.links()) {
      int decision = link.decision();
      if (given.get(decision)) {
        continue;
      }
      double[] tanh = new double[hidden];
      for (int k = 0; k < hidden; k++) {
        tanh[k] = Vectors.tanh(keys[link.anchor()][k] + query[k]);
      }
      attended[decision] = tanh;
      steepness[decision] = new double[1];
      double raw =
          weights[layout.biases[decision]]
              + Vectors.dot(weights, layout.attentionVector, tanh, 0, hidden);
      double score = bounded(decision, 0, raw);
      scores[decision] = score;
      double p = Vectors.sigmoid(score);
      probabilities[decision] = new double[] {1 - p, p};
      int value = chooser.choose(decision, probabilities[decision]);
      values[decision] = value;
      double surprise = Vectors.softplus(value == 1 ? -score : score);
      logProbabilities[decision] = -surprise;
      logProbability -= surprise;
      entropy += Vectors.softplus(score) - p * score;
    }
  }

  /** Of each decision's value given those before it, in nats. After {@link #read}. */
  double[] logProbabilities() {
    return logProbabilities;
  }

  /**
   * Adds the gradient of -(sum of slope * log probability) and of what the regularization adds.
   *
   * @param slopes one for each decision
   */
  void backward(double[] slopes, Regularization regularization, double[] gradient) {
    double[][][] carry = new double[2][layout.layers][hidden];
    double[] dTop = carry[0][layout.layers - 1];
    double[] outside = new double[steps.size() * hidden]; // of the top's outputs, from later steps
    double[] dInput = new double[hidden];
    double[][] dKeys = new double[steps.size()][hidden];
    for (int t = steps.size() - 1; t >= 0; t--) {
      boolean last = t + 1 == steps.size();
      if (steps.get(t) instanceof Step.Token token) {
        if (!last) {
          Vectors.addScaled(1, dInput, 0, gradient, embedding(token), hidden);
        }
        tokenBackward(t, token, slopes, regularization.entropy(), dTop, gradient);
      } else if (steps.get(t) instanceof Step.Anchor anchor) {
        if (!last) {
          Vectors.addScaled(1, dInput, 0, gradient, layout.anchor, hidden);
          double share = share(anchor);
          for (Step.Link link : anchor.links()) {
            if (values[link.decision()] == 1) {
              Vectors.addScaled(share, dInput, 0, outside, link.anchor() * hidden, hidden);
            }
          }
        }
        anchorBackward(t, anchor, slopes, regularization, dTop, dKeys, gradient);
      }
      Vectors.addScaled(1, outside, t * hidden, dTop, 0, hidden);
      lstm.backward(t, carry, gradient, dInput);
    }
    Vectors.addScaled(1, dInput, 0, gradient, layout.start, hidden);
  }

  private void tokenBackward(
      int t,
      Step.Token token,
      double[] slopes,
      double entropyWeight,
      double[] dTop,
      double[] gradient) {
    if (given.get(token.decision())) {
      return;
    }
    double[] p = probabilities[token.decision()];
    double stepEntropy = 0;
    for (double x : p) {
      stepEntropy -= x > 0 ? x * StrictMath.log(x) : 0;
    }
    for (int k = 0; k < p.length; k++) {
      double dLog = (k == values[token.decision()] ? 1 : 0) - p[k];
      double dEntropy = p[k] > 0 ? -p[k] * (StrictMath.log(p[k]) + stepEntropy) : 0;
      double dBounded = -(slopes[token.decision()] * dLog + entropyWeight * dEntropy);
      double d = dBounded * steepness[token.decision()][k]; // of the logit
      int head = layout.heads[token.group()] + k * hidden;
      gradient[layout.biases[token.decision()] + k] += d;
      Vectors.addScaled(d, lstm.top(), (t + 1) * hidden, gradient, head, hidden);
      Vectors.addScaled(d, weights, head, dTop, 0, hidden);
    }
  }

  private void anchorBackward(
      int t,
      Step.Anchor anchor,
      double[] slopes,
      Regularization regularization,
      double[] dTop,
      double[][] dKeys,
      double[] gradient) {
    double[] dQuery = new double[hidden];
    for (Step.Link link : anchor.links()) {
      int decision = link.decision();
      if (given.get(decision)) {
        continue;
      }
      double p = probabilities[decision][1];
      double dEntropy = -scores[decision] * p * (1 - p);
      double dBounded =
          -(slopes[decision] * (values[decision] - p) + regularization.entropy() * dEntropy);
      if (regularization.skipWeight() > 0) {
        dBounded += regularization.skipSlope(scores[decision], p) / sequence.linkedAnchors();
      }
      double d = dBounded * steepness[decision][0]; // of the score
      double[] tanh = attended[decision];
      gradient[layout.biases[decision]] += d;
      Vectors.addScaled(d, tanh, 0, gradient, layout.attentionVector, hidden);
      for (int k = 0; k < hidden; k++) {
        double dSum = d * weights[layout.attentionVector + k] * (1 - tanh[k] * tanh[k]);
        dQuery[k] += dSum;
        dKeys[link.anchor()][k] += dSum;
      }
    }
    double[] dKey = dKeys[t]; // whole: only later anchors read it
    for (int j = 0; j < hidden; j++) {
      double h = lstm.top()[(t + 1) * hidden + j];
      int previous = layout.attentionPrevious + j * hidden;
      int current = layout.attentionCurrent + j * hidden;
      Vectors.addScaled(h, dKey, 0, gradient, previous, hidden);
      Vectors.addScaled(h, dQuery, 0, gradient, current, hidden);
      dTop[j] += Vectors.dot(weights, previous, dKey, 0, hidden);
      dTop[j] += Vectors.dot(weights, current, dQuery, 0, hidden);
    }
  }
}
