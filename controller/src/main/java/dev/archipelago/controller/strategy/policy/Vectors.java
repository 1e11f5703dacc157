package dev.archipelago.controller.strategy.policy;

/**
 * The inner loops: stretches of flat arrays, each given by array and offset.
 *
 * <p>Sums run in one fixed order, so that the same input gives the same bits on every machine.
 */
final class Vectors {
  private Vectors() {}

  /** y += a x. */
  static void addScaled(double a, double[] x, int xAt, double[] y, int yAt, int length) {
    for (int i = 0; i < length; i++) {
      y[yAt + i] += a * x[xAt + i];
    }
  }

  /** Four interleaved partial sums keep the processor busy. */
  static double dot(double[] x, int xAt, double[] y, int yAt, int length) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int i = 0;
    for (; i + 3 < length; i += 4) {
      a += x[xAt + i] * y[yAt + i];
      b += x[xAt + i + 1] * y[yAt + i + 1];
      c += x[xAt + i + 2] * y[yAt + i + 2];
      d += x[xAt + i + 3] * y[yAt + i + 3];
    }
    for (; i < length; i++) {
      a += x[xAt + i] * y[yAt + i];
    }
    return (a + b) + (c + d);
  }

  static double sigmoid(double x) {
    return 1 / (1 + StrictMath.exp(-x));
  }

  /** Through the exponential: several times faster than {@link StrictMath#tanh}. */
  static double tanh(double x) {
    return 2 * sigmoid(2 * x) - 1;
  }

  /** log(1 + exp(x)) without overflow: -log of 1 - sigmoid(x). */
  static double softplus(double x) {
    return x > 0 ? x + StrictMath.log1p(StrictMath.exp(-x)) : StrictMath.log1p(StrictMath.exp(x));
  }
}
