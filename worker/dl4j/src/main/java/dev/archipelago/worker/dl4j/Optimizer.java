package dev.archipelago.worker.dl4j;

import dev.archipelago.worker.dl4j.Slot.Role;
import dev.archipelago.worker.dl4j.Weights.Window;
import dev.archipelago.worker.engine.Network.Sgd;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Momentum SGD as the torch engine has it, on the graph's vectors of parameters and gradients: g =
 * clipped gradient + decay * w; v = momentum * v + g; w -= rate * v.
 *
 * <p>The library's gradients are sums over the batch. Its batch norms hand over as "gradients" what
 * their running statistics are to lose, by a biased variance: here they become what {@link
 * dev.archipelago.protocol.space.Layer.BatchNorm} says, and take no part in clipping, decay and
 * momentum.
 */
final class Optimizer implements AutoCloseable {
  /** The batch's share in running statistics. */
  static final double STATISTICS_MOMENTUM = 0.1;

  private static final int CHUNK = 8192;

  private final List<Window> windows;
  private final INDArray values; // [1, P]
  private final INDArray velocity; // [1, P]
  private final Map<String, Integer> positions; // of a batch norm's maps, H * W, by layer
  private final float[] w = new float[CHUNK];
  private final float[] v = new float[CHUNK];
  private final float[] g = new float[CHUNK];

  Optimizer(List<Window> windows, INDArray values, Map<String, Integer> positions) {
    this.windows = windows;
    this.values = values;
    this.velocity = Nd4j.zeros(values.dataType(), values.shape());
    this.positions = new HashMap<>(positions);
  }

  /** Zeros where nothing is trained. */
  INDArray velocity() {
    return velocity;
  }

  /**
   * @param gradients of the loss summed over the batch, [1, P]
   * @param batch examples in it
   */
  void update(INDArray gradients, int batch, Sgd sgd) {
    FloatBuffer value = HostMemory.of(values);
    FloatBuffer speed = HostMemory.of(velocity);
    FloatBuffer gradient = HostMemory.of(gradients);
    double scale = 1.0 / batch;
    if (sgd.gradientClip() > 0) {
      double norm = norm(gradient) / batch;
      scale *= norm <= sgd.gradientClip() ? 1 : sgd.gradientClip() / norm; // NaN stays NaN
    }
    for (Window window : windows) {
      switch (window.slot().role()) {
        case TRAINED -> move(window, value, speed, gradient, (float) scale, sgd);
        case RUNNING_MEAN -> remember(window, value, gradient, 1);
        case RUNNING_VARIANCE -> remember(window, value, gradient, unbiased(window, batch));
        case FIXED_AT_ONE, FIXED_AT_ZERO -> {}
      }
    }
    HostMemory.written(values);
    HostMemory.written(velocity);
  }

  private double norm(FloatBuffer gradient) {
    double squares = 0;
    for (Window window : windows) {
      if (window.slot().role() == Role.TRAINED) {
        for (int from = 0; from < window.length(); from += CHUNK) {
          int count = Math.min(CHUNK, window.length() - from);
          gradient.get(window.offset() + from, g, 0, count);
          for (int i = 0; i < count; i++) {
            squares += (double) g[i] * g[i];
          }
        }
      }
    }
    return Math.sqrt(squares);
  }

  private void move(
      Window window,
      FloatBuffer value,
      FloatBuffer speed,
      FloatBuffer gradient,
      float scale,
      Sgd sgd) {
    float momentum = (float) sgd.momentum();
    float decay = (float) sgd.weightDecay();
    float rate = (float) sgd.learningRate();
    for (int from = 0; from < window.length(); from += CHUNK) {
      int count = Math.min(CHUNK, window.length() - from);
      int at = window.offset() + from;
      value.get(at, w, 0, count);
      speed.get(at, v, 0, count);
      gradient.get(at, g, 0, count);
      for (int i = 0; i < count; i++) {
        float kept = momentum == 0 ? 0 : momentum * v[i];
        v[i] = kept + scale * g[i] + decay * w[i];
        w[i] -= rate * v[i];
      }
      value.put(at, w, 0, count);
      speed.put(at, v, 0, count);
    }
  }

  /**
   * A running statistic.
   *
   * @param correction of the batch's, 1 for none
   */
  private static void remember(
      Window window, FloatBuffer value, FloatBuffer loss, double correction) {
    for (int i = window.offset(); i < window.offset() + window.length(); i++) {
      double old = value.get(i);
      double seen = old - loss.get(i) / STATISTICS_MOMENTUM; // the batch's
      double share = STATISTICS_MOMENTUM * correction * seen;
      value.put(i, (float) ((1 - STATISTICS_MOMENTUM) * old + share));
    }
  }

  /** n / (n - 1) for the n numbers of a channel; a single one has no variance to correct. */
  private double unbiased(Window window, int batch) {
    double n = (double) batch * positions.getOrDefault(window.slot().layer(), 1);
    return n > 1 ? n / (n - 1) : 1;
  }

  @Override
  public void close() {
    velocity.close();
  }
}
