package dev.archipelago.worker.dl4j;

import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.nn.conf.memory.MemoryReport;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.BaseGraphVertex;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonIgnoreProperties;

/**
 * A vertex without weights that maps its input linearly: what no built-in layer of Deeplearning4j
 * says. A model file with one of its kinds needs this class to be read.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
abstract class LinearVertex extends GraphVertex {
  private static final long serialVersionUID = 1L;

  /** What it computes for maps of one height and width. */
  abstract LinearMap map();

  /** The map [C, H, W] that comes out for one of this size. */
  abstract InputType.InputTypeConvolutional output(InputType.InputTypeConvolutional input);

  @Override
  public abstract LinearVertex clone();

  @Override
  public abstract boolean equals(@Nullable Object other);

  @Override
  public abstract int hashCode();

  @Override
  public long numParams(boolean backprop) {
    return 0;
  }

  @Override
  public int minVertexInputs() {
    return 1;
  }

  @Override
  public int maxVertexInputs() {
    return 1;
  }

  @Override
  public InputType getOutputType(int layerIndex, InputType... inputs) {
    return output((InputType.InputTypeConvolutional) inputs[0]);
  }

  @Override
  public MemoryReport getMemoryReport(InputType... inputs) {
    return new LayerMemoryReport.Builder(null, getClass(), inputs[0], getOutputType(-1, inputs))
        .standardMemory(0, 0)
        .workingMemory(0, 0, 0, 0)
        .cacheMemory(0, 0)
        .build();
  }

  @Override
  public org.deeplearning4j.nn.graph.vertex.GraphVertex instantiate(
      ComputationGraph graph,
      String name,
      int index,
      INDArray parameters,
      boolean initialize,
      DataType type) {
    return new Running(graph, name, index, map(), type);
  }

  /** The vertex at work. */
  @SuppressWarnings("overrides") // the library: setInputs with and without varargs
  private static final class Running extends BaseGraphVertex {
    private final LinearMap map;

    Running(ComputationGraph graph, String name, int index, LinearMap map, DataType type) {
      super(graph, name, index, null, null, type);
      this.map = map;
    }

    @Override
    public boolean hasLayer() {
      return false;
    }

    @Override
    @SuppressWarnings("NullAway") // so the library's own vertices without a layer say it
    public Layer getLayer() {
      return null;
    }

    @Override
    public INDArray doForward(boolean training, LayerWorkspaceMgr workspaces) {
      try (MemoryWorkspace room = workspaces.notifyScopeBorrowed(ArrayType.ACTIVATIONS)) {
        return map.apply(inputs[0]);
      }
    }

    @Override
    public Pair<Gradient, INDArray[]> doBackward(boolean truncated, LayerWorkspaceMgr workspaces) {
      try (MemoryWorkspace room = workspaces.notifyScopeBorrowed(ArrayType.ACTIVATION_GRAD)) {
        INDArray gradient = map.transpose(epsilon, inputs[0].shape());
        return new Pair<>(null, new INDArray[] {gradient});
      }
    }

    @Override
    public String toString() {
      return getVertexName();
    }

    @Override
    public void setBackpropGradientsViewArray(@Nullable INDArray gradients) {
      if (gradients != null) {
        throw new IllegalArgumentException(getVertexName() + " has no weights");
      }
    }

    @Override
    @SuppressWarnings("NullAway") // no masks in, none out
    public Pair<INDArray, MaskState> feedForwardMaskArrays(
        INDArray @Nullable [] masks, MaskState state, int batch) {
      return masks == null || masks.length == 0 ? null : new Pair<>(masks[0], state);
    }
  }
}
