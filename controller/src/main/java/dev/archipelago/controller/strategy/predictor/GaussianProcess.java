package dev.archipelago.controller.strategy.predictor;

import java.util.List;

/**
 * Regression with a Gaussian process over lists of values (Rasmussen and Williams 2006, Algorithm
 * 2.1): mean 0, unit variance, a covariance that falls with the Hamming distance.
 *
 * <p>Not a record: its arrays are filled once, and nobody else sees them.
 */
final class GaussianProcess {
  private final List<int[]> points;
  private final double[] covariance; // by Hamming distance
  private final double[][] root; // L of K + noise I = L L^T, rows to the diagonal
  private final double[] weights; // (K + noise I)^-1 y
  private final double evidence;

  private GaussianProcess(
      List<int[]> points, double[] covariance, double[][] root, double[] weights, double evidence) {
    this.points = points;
    this.covariance = covariance;
    this.root = root;
    this.weights = weights;
    this.evidence = evidence;
  }

  /**
   * @param points at least one, all of one length
   * @param targets one for each point
   * @param covariance of two points by their Hamming distance; at 0 it is 1
   * @param noise variance of a target around the function, above 0
   */
  static GaussianProcess fit(
      List<int[]> points, double[] targets, double[] covariance, double noise) {
    int size = points.size();
    double[][] root = new double[size][];
    for (int i = 0; i < size; i++) {
      root[i] = new double[i + 1];
      for (int j = 0; j < i; j++) {
        double left = covariance[distance(points.get(i), points.get(j))];
        root[i][j] = (left - dot(root[i], root[j], j)) / root[j][j];
      }
      root[i][i] = Math.sqrt(covariance[0] + noise - dot(root[i], root[i], i));
    }
    double[] half = forward(root, targets);
    double[] weights = backward(root, half);
    double evidence = -0.5 * dot(targets, weights, size);
    for (int i = 0; i < size; i++) {
      evidence -= StrictMath.log(root[i][i]);
    }
    return new GaussianProcess(List.copyOf(points), covariance, root, weights, evidence);
  }

  /** Log marginal likelihood of the targets, without the constant. */
  double evidence() {
    return evidence;
  }

  /** What the function is at a point. */
  Forecast at(int[] point) {
    double[] shared = new double[points.size()];
    for (int i = 0; i < shared.length; i++) {
      shared[i] = covariance[distance(points.get(i), point)];
    }
    double[] half = forward(root, shared);
    double variance = covariance[0] - dot(half, half, half.length);
    return new Forecast(dot(shared, weights, shared.length), Math.sqrt(Math.max(0, variance)));
  }

  /** Solves L x = b. */
  private static double[] forward(double[][] root, double[] right) {
    double[] x = new double[right.length];
    for (int i = 0; i < x.length; i++) {
      x[i] = (right[i] - dot(root[i], x, i)) / root[i][i];
    }
    return x;
  }

  /** Solves L^T x = b. */
  private static double[] backward(double[][] root, double[] right) {
    double[] x = right.clone();
    for (int i = x.length - 1; i >= 0; i--) {
      x[i] /= root[i][i];
      for (int j = 0; j < i; j++) {
        x[j] -= root[i][j] * x[i];
      }
    }
    return x;
  }

  /** In four interleaved sums, in one fixed order: the same bits on every machine. */
  private static double dot(double[] x, double[] y, int length) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int i = 0;
    for (; i + 3 < length; i += 4) {
      a += x[i] * y[i];
      b += x[i + 1] * y[i + 1];
      c += x[i + 2] * y[i + 2];
      d += x[i + 3] * y[i + 3];
    }
    for (; i < length; i++) {
      a += x[i] * y[i];
    }
    return (a + b) + (c + d);
  }

  static int distance(int[] one, int[] other) {
    int distance = 0;
    for (int i = 0; i < one.length; i++) {
      distance += one[i] == other[i] ? 0 : 1;
    }
    return distance;
  }
}
