package dev.archipelago.controller.strategy.policy;

/**
 * A network's weights with Adam's memory of their gradients (Kingma and Ba 2015, arXiv:1412.6980v9,
 * Algorithm 1).
 *
 * <p>A value: nobody writes into an array that this object holds.
 */
public final class Weights {
  private static final double EPSILON = 1e-8;

  private final long updates;
  private final double[] values;
  private final double[] first;
  private final double[] second;

  Weights(long updates, double[] values, double[] first, double[] second) {
    this.updates = updates;
    this.values = values;
    this.first = first;
    this.second = second;
  }

  public static Weights fresh(double[] values) {
    return new Weights(0, values, new double[values.length], new double[values.length]);
  }

  /** How often they were changed. */
  public long updates() {
    return updates;
  }

  /** To read only. */
  public double[] values() {
    return values;
  }

  /** Mean of the gradients. To read only. */
  double[] first() {
    return first;
  }

  /** Mean of the gradients' squares. To read only. */
  double[] second() {
    return second;
  }

  /** One step against the gradient. */
  public Weights step(double[] gradient, double learningRate, double beta1, double beta2) {
    double[] nextValues = new double[values.length];
    double[] nextFirst = new double[values.length];
    double[] nextSecond = new double[values.length];
    double correction1 = 1 - StrictMath.pow(beta1, updates + 1);
    double correction2 = 1 - StrictMath.pow(beta2, updates + 1);
    for (int i = 0; i < values.length; i++) {
      double g = gradient[i];
      double m = beta1 * first[i] + (1 - beta1) * g;
      double v = beta2 * second[i] + (1 - beta2) * g * g;
      nextFirst[i] = m;
      nextSecond[i] = v;
      nextValues[i] =
          values[i] - learningRate * (m / correction1) / (Math.sqrt(v / correction2) + EPSILON);
    }
    return new Weights(updates + 1, nextValues, nextFirst, nextSecond);
  }
}
