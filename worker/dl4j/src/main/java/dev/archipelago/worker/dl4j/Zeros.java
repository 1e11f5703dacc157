package dev.archipelago.worker.dl4j;

import java.util.Objects;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/** Zeros of one shape, whatever it reads. */
final class Zeros extends LinearVertex {
  private static final long serialVersionUID = 1L;

  @JsonProperty private final int channels;
  @JsonProperty private final int height;
  @JsonProperty private final int width;

  @JsonCreator
  Zeros(
      @JsonProperty("channels") int channels,
      @JsonProperty("height") int height,
      @JsonProperty("width") int width) {
    this.channels = channels;
    this.height = height;
    this.width = width;
  }

  @Override
  LinearMap map() {
    return new LinearMap() {
      @Override
      public INDArray apply(INDArray x) {
        return Nd4j.zeros(x.dataType(), x.size(0), channels, height, width);
      }

      @Override
      public INDArray transpose(INDArray y, long[] shape) {
        return Nd4j.zeros(y.dataType(), shape);
      }
    };
  }

  @Override
  InputType.InputTypeConvolutional output(InputType.InputTypeConvolutional input) {
    return new InputType.InputTypeConvolutional(height, width, channels);
  }

  @Override
  public Zeros clone() {
    return new Zeros(channels, height, width);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Zeros that
        && channels == that.channels
        && height == that.height
        && width == that.width;
  }

  @Override
  public int hashCode() {
    return Objects.hash(channels, height, width);
  }
}
