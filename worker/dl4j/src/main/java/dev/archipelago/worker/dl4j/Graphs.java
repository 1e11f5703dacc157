package dev.archipelago.worker.dl4j;

import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A graph's memory outside the Java heap: taken outright, and given back outright. */
final class Graphs {
  private Graphs() {}

  /** Gives the graph parameters that are all 0; they are its vector [1, P]. */
  static INDArray initialized(ComputationGraph graph) {
    long parameters =
        graph.getConfiguration().getVertices().values().stream()
            .mapToLong(vertex -> vertex.numParams(true))
            .sum();
    INDArray values = Nd4j.zeros(DataType.FLOAT, 1, parameters);
    graph.init(values, false);
    return values;
  }

  static void release(ComputationGraph graph, INDArray values) {
    INDArray gradients = graph.getFlattenedGradients();
    if (gradients != null) {
      gradients.close();
    }
    values.close();
  }
}
