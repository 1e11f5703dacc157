package dev.archipelago.worker.dl4j;

import java.util.Objects;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * A map as d * d small ones, of every d-th row and column each, that stand in the batch like
 * examples of their own; or the way back. A convolution of dilation d on a map is one of dilation 1
 * on its phases: what lets a library compute it that has no kernels for dilation.
 *
 * <p>[N, C, H, W] to [d * d * N, C, ceil(H / d), ceil(W / d)], zeros behind the end.
 */
final class Phases extends LinearVertex {
  private static final long serialVersionUID = 1L;

  /** Which way. */
  enum Way {
    APART,
    TOGETHER
  }

  @JsonProperty private final Way way;
  @JsonProperty private final long dilation;
  @JsonProperty private final long height;
  @JsonProperty private final long width;

  /**
   * @param height of the whole map
   * @param width of the whole map
   */
  @JsonCreator
  Phases(
      @JsonProperty("way") Way way,
      @JsonProperty("dilation") long dilation,
      @JsonProperty("height") long height,
      @JsonProperty("width") long width) {
    this.way = way;
    this.dilation = dilation;
    this.height = height;
    this.width = width;
  }

  @Override
  LinearMap map() {
    return switch (way) {
      case APART ->
          new LinearMap() {
            @Override
            public INDArray apply(INDArray x) {
              return apart(x);
            }

            @Override
            public INDArray transpose(INDArray y, long[] shape) {
              return together(y);
            }
          };
      case TOGETHER ->
          new LinearMap() {
            @Override
            public INDArray apply(INDArray x) {
              return together(x);
            }

            @Override
            public INDArray transpose(INDArray y, long[] shape) {
              return apart(y);
            }
          };
    };
  }

  private INDArray apart(INDArray x) {
    long examples = x.size(0);
    long channels = x.size(1);
    INDArray whole = x;
    if (rows() * dilation != height || columns() * dilation != width) {
      whole = Nd4j.zeros(x.dataType(), examples, channels, rows() * dilation, columns() * dilation);
      whole.put(inside(), x);
    }
    return whole
        .dup('c')
        .reshape('c', examples, channels, rows(), dilation, columns(), dilation)
        .permute(3, 5, 0, 1, 2, 4)
        .dup('c')
        .reshape('c', dilation * dilation * examples, channels, rows(), columns());
  }

  private INDArray together(INDArray phases) {
    long examples = phases.size(0) / (dilation * dilation);
    long channels = phases.size(1);
    INDArray whole =
        phases
            .dup('c')
            .reshape('c', dilation, dilation, examples, channels, rows(), columns())
            .permute(2, 3, 4, 0, 5, 1)
            .dup('c')
            .reshape('c', examples, channels, rows() * dilation, columns() * dilation);
    return whole.get(inside()).dup('c');
  }

  private INDArrayIndex[] inside() {
    return new INDArrayIndex[] {
      NDArrayIndex.all(),
      NDArrayIndex.all(),
      NDArrayIndex.interval(0, height),
      NDArrayIndex.interval(0, width)
    };
  }

  private long rows() {
    return (height + dilation - 1) / dilation;
  }

  private long columns() {
    return (width + dilation - 1) / dilation;
  }

  @Override
  InputType.InputTypeConvolutional output(InputType.InputTypeConvolutional input) {
    return switch (way) {
      case APART -> new InputType.InputTypeConvolutional(rows(), columns(), input.getChannels());
      case TOGETHER -> new InputType.InputTypeConvolutional(height, width, input.getChannels());
    };
  }

  @Override
  public Phases clone() {
    return new Phases(way, dilation, height, width);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Phases that
        && way == that.way
        && dilation == that.dilation
        && height == that.height
        && width == that.width;
  }

  @Override
  public int hashCode() {
    return Objects.hash(way, dilation, height, width);
  }
}
