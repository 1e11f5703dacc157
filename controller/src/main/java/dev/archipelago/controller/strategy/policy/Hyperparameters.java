package dev.archipelago.controller.strategy.policy;

import dev.archipelago.controller.settings.Digits;
import dev.archipelago.controller.settings.Settings;
import dev.archipelago.protocol.random.SplitMix64;
import dev.archipelago.protocol.space.SearchSpace;
import java.util.Map;

/**
 * How large a policy's network is, and how it learns.
 *
 * @param learningRate Adam's, in (0, 1]
 * @param hidden units per LSTM layer, and the size of embeddings; 1 to 256
 * @param layers LSTM layers, 1 to 4
 * @param entropy weight of the policy's entropy (nats) beside an advantage of about 1; 0 to 10
 * @param baselineDecay how much of the moving average of rewards stays at each one, 0 to 0.9999
 * @param initialRange weights start uniform in [-range, range); 0 to 1
 * @param adamBeta1 decay of Adam's mean of gradients, 0 to 0.9999
 * @param adamBeta2 decay of Adam's mean of squares, 0 to 0.99999
 */
public record Hyperparameters(
    double learningRate,
    int hidden,
    int layers,
    double entropy,
    double baselineDecay,
    double initialRange,
    double adamBeta1,
    double adamBeta2) {

  /** Keeps the weights' first values apart from other uses of the seed. */
  private static final long WEIGHTS = 1;

  /** Learning rate of Zoph and Le 2017, arXiv:1611.01578v2, §4.1: for 12,800 trials. */
  private static final double LEAST_RATE = 6e-4;

  /** Trials up to which the learning rate is the largest. */
  private static final double FEW_TRIALS = 225;

  /**
   * Reads its part of {@code strategy} of a spec; the learning rate's default follows the budget.
   *
   * @param largestRate the learning rate where trials are few
   */
  public static Hyperparameters read(int trials, double largestRate, Settings settings) {
    double rate = learningRate(trials, largestRate);
    return read(new Hyperparameters(rate, 35, 2, 0.15, 0.9, 0.08, 0.9, 0.999), settings);
  }

  /** The same with other defaults. */
  public static Hyperparameters read(Hyperparameters defaults, Settings settings) {
    return new Hyperparameters(
        settings.number("learning-rate", defaults.learningRate, 1e-9, 1),
        settings.integer("hidden", defaults.hidden, 1, 256),
        settings.integer("layers", defaults.layers, 1, 4),
        settings.number("entropy", defaults.entropy, 0, 10),
        settings.number("baseline-decay", defaults.baselineDecay, 0, 0.9999),
        settings.number("initial-range", defaults.initialRange, 0, 1),
        settings.number("adam-beta1", defaults.adamBeta1, 0, 0.9999),
        settings.number("adam-beta2", defaults.adamBeta2, 0, 0.99999));
  }

  /** The largest up to {@link #FEW_TRIALS}, then falling with their root, to two digits. */
  private static double learningRate(int trials, double largest) {
    double falling = largest * Math.sqrt(FEW_TRIALS) / Math.sqrt(trials);
    double rate = Math.max(LEAST_RATE, Math.min(largest, falling));
    return Digits.two(rate);
  }

  /** Adds every setting with its value in force, in the order of the documentation. */
  public void put(Map<String, Object> settings) {
    settings.put("learning-rate", learningRate);
    settings.put("hidden", hidden);
    settings.put("layers", layers);
    settings.put("entropy", entropy);
    settings.put("baseline-decay", baselineDecay);
    settings.put("initial-range", initialRange);
    settings.put("adam-beta1", adamBeta1);
    settings.put("adam-beta2", adamBeta2);
  }

  public PolicyNetwork network(SearchSpace space) {
    return network(space, Bounds.NONE);
  }

  public PolicyNetwork network(SearchSpace space, Bounds bounds) {
    return new PolicyNetwork(space.decisions(), hidden, layers, bounds);
  }

  /** The network's weights before any result. */
  public Weights first(PolicyNetwork network, long seed) {
    return Weights.fresh(network.initialWeights(SplitMix64.of(seed, WEIGHTS), initialRange));
  }

  /** One step of Adam against the gradient. */
  public Weights step(Weights weights, double[] gradient) {
    return weights.step(gradient, learningRate, adamBeta1, adamBeta2);
  }
}
