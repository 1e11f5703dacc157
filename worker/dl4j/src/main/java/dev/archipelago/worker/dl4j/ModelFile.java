package dev.archipelago.worker.dl4j;

import dev.archipelago.protocol.space.NetworkPlan;
import dev.archipelago.worker.engine.EngineException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Networks as Deeplearning4j's model files (zip), whichever engine trained them.
 *
 * <p>{@code ModelSerializer.restoreComputationGraph} of Deeplearning4j 1.0.0-M2.1 reads one; the
 * graph takes [N, C, H, W] as it comes out of the data set's normalisation, or [N, C] where
 * examples are vectors, and gives [N, classes], probabilities. Its layers are built-in ones, except
 * for what {@link #needs} names: such a file is read where the jar of this engine is on the class
 * path.
 *
 * <p>Dilated depthwise convolutions are what ND4J's builds with oneDNN cannot compute: there, a
 * program calls {@code Nd4j.getEnvironment().allowHelpers(false)} first.
 */
public final class ModelFile {
  private ModelFile() {}

  /**
   * What in a plan no built-in layer of Deeplearning4j says, each as the rest of a sentence that
   * begins with "the network": "resizes a map". Empty if plain Deeplearning4j reads its file.
   *
   * @throws EngineException INVALID_PLAN if Deeplearning4j cannot have the network at all
   */
  public static List<String> needs(NetworkPlan plan) {
    return GraphCompiler.compile(plan, GraphCompiler.Purpose.FILE).needs();
  }

  /**
   * Writes a network. The stream stays open.
   *
   * @param weights all of the plan's parameters and running statistics by name, as {@link
   *     dev.archipelago.worker.engine.Network#weights} gives them; others are left out
   * @throws IllegalArgumentException if some are missing, or have another size
   * @throws EngineException as {@link #needs}
   */
  public static void write(NetworkPlan plan, Map<String, float[]> weights, OutputStream target)
      throws IOException {
    Compiled compiled = GraphCompiler.compile(plan, GraphCompiler.Purpose.FILE);
    ComputationGraph graph = new ComputationGraph(compiled.graph());
    INDArray values = Graphs.initialized(graph);
    try {
      Weights own = new Weights(compiled.slots(), graph, values);
      if (own.load(weights) < own.copy().size()) {
        throw new IllegalArgumentException(missing(own.copy(), weights));
      }
      ModelSerializer.writeModel(graph, target, false);
    } finally {
      Graphs.release(graph, values);
    }
  }

  private static String missing(Map<String, float[]> own, Map<String, float[]> weights) {
    TreeSet<String> missing = new TreeSet<>();
    own.forEach(
        (name, values) -> {
          float[] given = weights.get(name);
          if (given == null || given.length != values.length) {
            missing.add(name);
          }
        });
    return "no weights of the right size for " + String.join(", ", missing);
  }

  /**
   * Reads a network's weights back.
   *
   * @return all of the plan's parameters and running statistics by name
   * @throws IllegalArgumentException if the file holds another network than the plan
   * @throws IOException if it cannot be read, or is no model file
   */
  public static Map<String, float[]> read(NetworkPlan plan, Path file) throws IOException {
    List<Slot> slots = GraphCompiler.compile(plan, GraphCompiler.Purpose.FILE).slots();
    ComputationGraph graph = restored(file);
    try {
      for (Slot slot : slots) {
        if (graph.getVertex(slot.layer()) == null) {
          throw new IllegalArgumentException(
              file + " holds another network: it has no layer " + slot.layer());
        }
      }
      Weights weights = new Weights(slots, graph, graph.params());
      if (!weights.parameters().equals(plan.parameters())) {
        throw new IllegalArgumentException(
            file + " holds another network: its layers have other sizes");
      }
      return weights.copy();
    } finally {
      graph.params().close();
    }
  }

  private static ComputationGraph restored(Path file) throws IOException {
    try {
      return ModelSerializer.restoreComputationGraph(file.toFile(), false);
    } catch (RuntimeException e) {
      throw new IOException(file + " is no model file of Deeplearning4j: " + e.getMessage(), e);
    }
  }
}
