package dev.archipelago.worker.dl4j;

import org.deeplearning4j.nn.conf.inputs.InputType;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/** Channels dealt out anew, as {@link dev.archipelago.protocol.space.Layer.Shuffle} says. */
final class Shuffling extends LinearVertex {
  private static final long serialVersionUID = 1L;

  @JsonProperty private final int groups;

  @JsonCreator
  Shuffling(@JsonProperty("groups") int groups) {
    this.groups = groups;
  }

  @Override
  LinearMap map() {
    return new LinearMap() {
      @Override
      public INDArray apply(INDArray x) {
        return deal(x, groups);
      }

      @Override
      public INDArray transpose(INDArray y, long[] shape) {
        return deal(y, y.size(1) / groups);
      }
    };
  }

  private static INDArray deal(INDArray x, long groups) {
    return x.dup('c')
        .reshape('c', x.size(0), groups, x.size(1) / groups, x.size(2), x.size(3))
        .permute(0, 2, 1, 3, 4)
        .dup('c')
        .reshape('c', x.shape());
  }

  @Override
  InputType.InputTypeConvolutional output(InputType.InputTypeConvolutional input) {
    return input;
  }

  @Override
  public Shuffling clone() {
    return new Shuffling(groups);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Shuffling that && groups == that.groups;
  }

  @Override
  public int hashCode() {
    return groups;
  }
}
