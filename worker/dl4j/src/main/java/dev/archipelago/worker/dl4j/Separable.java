package dev.archipelago.worker.dl4j;

import java.util.Objects;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * A map's rows and columns apart, each as a product with a matrix: y = A x B', channel by channel.
 */
final class Separable extends LinearVertex {
  private static final long serialVersionUID = 1L;

  /** How output i of a row or column depends on input j. */
  enum Kind {
    /** As {@link dev.archipelago.protocol.space.Layer.Resize} says. */
    RESIZE {
      @Override
      double weight(int i, int j, int inputs, int outputs, int window) {
        double step = (double) inputs / outputs;
        double distance = j + 0.5 - (i + 0.5) * step;
        return Math.max(0, 1 - Math.abs(distance) / Math.max(1, step));
      }
    },
    /** Means of windows side by side, of which the last may hang over the end. */
    WINDOW_MEANS {
      @Override
      double weight(int i, int j, int inputs, int outputs, int window) {
        return j / window == i ? 1 : 0;
      }
    },
    /** The same, and the last one again behind the end: no maximum changes. */
    LAST_AGAIN {
      @Override
      double weight(int i, int j, int inputs, int outputs, int window) {
        return Math.min(i, inputs - 1) == j ? 1 : 0;
      }
    };

    /** Up to a factor: an output's weights are made to add up to 1. */
    abstract double weight(int i, int j, int inputs, int outputs, int window);

    /** [outputs, inputs]. */
    INDArray matrix(int inputs, int outputs, int window) {
      float[][] matrix = new float[outputs][inputs];
      for (int i = 0; i < outputs; i++) {
        double total = 0;
        for (int j = 0; j < inputs; j++) {
          total += weight(i, j, inputs, outputs, window);
        }
        for (int j = 0; j < inputs; j++) {
          matrix[i][j] = (float) (weight(i, j, inputs, outputs, window) / total);
        }
      }
      return Nd4j.createFromArray(matrix);
    }
  }

  @JsonProperty private final Kind kind;
  @JsonProperty private final int fromHeight;
  @JsonProperty private final int fromWidth;
  @JsonProperty private final int toHeight;
  @JsonProperty private final int toWidth;
  @JsonProperty private final int window; // of WINDOW_MEANS; for others 0

  @JsonCreator
  Separable(
      @JsonProperty("kind") Kind kind,
      @JsonProperty("fromHeight") int fromHeight,
      @JsonProperty("fromWidth") int fromWidth,
      @JsonProperty("toHeight") int toHeight,
      @JsonProperty("toWidth") int toWidth,
      @JsonProperty("window") int window) {
    this.kind = kind;
    this.fromHeight = fromHeight;
    this.fromWidth = fromWidth;
    this.toHeight = toHeight;
    this.toWidth = toWidth;
    this.window = window;
  }

  @Override
  LinearMap map() {
    INDArray rows = kind.matrix(fromHeight, toHeight, window); // [H', H]
    INDArray columns = kind.matrix(fromWidth, toWidth, window).transpose().dup('c'); // [W, W']
    INDArray rowsBack = rows.transpose().dup('c');
    INDArray columnsBack = columns.transpose().dup('c');
    return new LinearMap() {
      @Override
      public INDArray apply(INDArray x) {
        return multiply(rows, x, columns);
      }

      @Override
      public INDArray transpose(INDArray y, long[] shape) {
        return multiply(rowsBack, y, columnsBack);
      }
    };
  }

  /** [H', H] [N, C, H, W] [W, W'] to [N, C, H', W']. */
  private static INDArray multiply(INDArray rows, INDArray x, INDArray columns) {
    long maps = x.size(0) * x.size(1);
    long height = rows.rows();
    long width = columns.columns();
    INDArray wide = x.dup('c').reshape('c', maps * x.size(2), x.size(3)).mmul(columns);
    INDArray upright = // [H, M, W']
        wide.dup('c').reshape('c', maps, x.size(2), width).permute(1, 0, 2).dup('c');
    INDArray all = rows.mmul(upright.reshape('c', x.size(2), maps * width)); // [H', M * W']
    return all.dup('c')
        .reshape('c', height, maps, width)
        .permute(1, 0, 2)
        .dup('c')
        .reshape('c', x.size(0), x.size(1), height, width);
  }

  @Override
  InputType.InputTypeConvolutional output(InputType.InputTypeConvolutional input) {
    return new InputType.InputTypeConvolutional(toHeight, toWidth, input.getChannels());
  }

  @Override
  public Separable clone() {
    return new Separable(kind, fromHeight, fromWidth, toHeight, toWidth, window);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Separable that
        && kind == that.kind
        && fromHeight == that.fromHeight
        && fromWidth == that.fromWidth
        && toHeight == that.toHeight
        && toWidth == that.toWidth
        && window == that.window;
  }

  @Override
  public int hashCode() {
    return Objects.hash(kind, fromHeight, fromWidth, toHeight, toWidth, window);
  }
}
