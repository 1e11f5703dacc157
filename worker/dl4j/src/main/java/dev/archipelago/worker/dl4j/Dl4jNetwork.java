package dev.archipelago.worker.dl4j;

import dev.archipelago.protocol.space.NetworkPlan;
import dev.archipelago.protocol.space.NetworkPlan.Node;
import dev.archipelago.protocol.space.NetworkPlan.Parameter;
import dev.archipelago.protocol.space.PlanCost;
import dev.archipelago.protocol.space.Shape;
import dev.archipelago.protocol.trial.Proxy;
import dev.archipelago.worker.engine.Batch;
import dev.archipelago.worker.engine.MemoryLimit;
import dev.archipelago.worker.engine.Network;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A compiled plan. Activations and their gradients live in the library's workspaces, which belong
 * to the thread and are given back when the network is closed.
 */
final class Dl4jNetwork implements Network {
  private final Compiled compiled;
  private final PlanCost cost;
  private final MemoryLimit limit;
  private final int classes;
  private final INDArray values; // [1, P]
  private final ComputationGraph graph;
  private final Weights weights;
  private final Optimizer optimizer;
  private final Feed feed;

  Dl4jNetwork(NetworkPlan plan, MemoryLimit limit) {
    this.compiled = GraphCompiler.compile(plan, GraphCompiler.Purpose.TRAINING);
    this.cost = PlanCost.of(plan);
    this.limit = limit;
    this.classes = plan.classes();
    this.graph = new ComputationGraph(compiled.graph());
    this.values = Graphs.initialized(graph);
    this.weights = new Weights(compiled.slots(), graph, values);
    this.optimizer = new Optimizer(weights.windows(), values, positions(plan));
    this.feed = new Feed(plan.input(), classes);
  }

  /** H * W of every node's map; it is the layer's of that name, too. */
  private static Map<String, Integer> positions(NetworkPlan plan) {
    Map<String, Integer> positions = new HashMap<>();
    List<Shape> shapes = plan.shapes();
    for (int i = 0; i < shapes.size(); i++) {
      Node node = plan.nodes().get(i);
      positions.put(node.name(), shapes.get(i).height() * shapes.get(i).width());
    }
    return positions;
  }

  @Override
  public List<Parameter> parameters() {
    return weights.parameters();
  }

  @Override
  public double step(Batch batch, Sgd sgd) {
    limit.check(cost, batch.size());
    return NativeFailure.translate(
        () -> {
          graph.setInputs(feed.images(batch));
          graph.setLabels(feed.labels(batch));
          graph.computeGradientAndScore();
          optimizer.update(graph.getFlattenedGradients(), batch.size(), sgd);
          return graph.score();
        });
  }

  @Override
  public void infer(Batch batch, float[] logits) {
    NativeFailure.translate(
        () -> {
          INDArray[] images = {feed.images(batch)};
          INDArray result = graph.output(List.of(compiled.logits()), false, images, null)[0];
          INDArray rows = result.dup('c'); // [N, classes]
          HostMemory.of(rows).get(0, logits, 0, batch.size() * classes);
          rows.close();
          result.close();
          return result;
        });
  }

  @Override
  public Map<String, float[]> weights() {
    return weights.copy();
  }

  @Override
  public int load(Map<String, float[]> values) {
    return weights.load(values);
  }

  @Override
  public Map<String, float[]> checkpoint() {
    return weights.checkpoint(optimizer.velocity());
  }

  @Override
  public boolean restore(Map<String, float[]> checkpoint) {
    return weights.restore(checkpoint, optimizer.velocity());
  }

  @Override
  public double score(Proxy proxy, Batch batch) {
    return switch (proxy) {
      case PARAMS -> cost.params();
      case FLOPS -> cost.flops();
      case SYNFLOW, NASWOT, GRAD_NORM -> Network.super.score(proxy, batch);
    };
  }

  @Override
  public void close() {
    feed.close();
    optimizer.close();
    Graphs.release(graph, values);
    Nd4j.getWorkspaceManager().destroyAllWorkspacesForCurrentThread();
  }
}
