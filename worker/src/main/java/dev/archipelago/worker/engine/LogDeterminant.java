package dev.archipelago.worker.engine;

/** The logarithm of a determinant's size, by Gaussian elimination with row pivots. */
public final class LogDeterminant {
  private LogDeterminant() {}

  /**
   * log |det A|.
   *
   * @param matrix square, row by row; not changed
   * @param size rows and columns
   * @return negative infinity for a singular matrix
   */
  public static double of(double[] matrix, int size) {
    double[] a = matrix.clone();
    double sum = 0;
    for (int step = 0; step < size; step++) {
      int pivot = step;
      for (int row = step + 1; row < size; row++) {
        if (Math.abs(a[row * size + step]) > Math.abs(a[pivot * size + step])) {
          pivot = row;
        }
      }
      swap(a, size, step, pivot);
      double head = a[step * size + step];
      if (head == 0) {
        return Double.NEGATIVE_INFINITY;
      }
      sum += Math.log(Math.abs(head));
      for (int row = step + 1; row < size; row++) {
        double factor = a[row * size + step] / head;
        for (int column = step; column < size; column++) {
          a[row * size + column] -= factor * a[step * size + column];
        }
      }
    }
    return sum;
  }

  private static void swap(double[] a, int size, int one, int other) {
    for (int column = 0; column < size && one != other; column++) {
      double value = a[one * size + column];
      a[one * size + column] = a[other * size + column];
      a[other * size + column] = value;
    }
  }
}
