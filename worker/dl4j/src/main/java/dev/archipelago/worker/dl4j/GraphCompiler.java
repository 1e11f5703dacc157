package dev.archipelago.worker.dl4j;

import dev.archipelago.protocol.space.Layer;
import dev.archipelago.protocol.space.NetworkPlan;
import dev.archipelago.protocol.space.NetworkPlan.Node;
import dev.archipelago.protocol.space.Shape;
import dev.archipelago.protocol.trial.TrialFailure;
import dev.archipelago.protocol.trial.TrialFailure.Category;
import dev.archipelago.worker.dl4j.Slot.Layout;
import dev.archipelago.worker.dl4j.Slot.Role;
import dev.archipelago.worker.engine.EngineException;
import dev.archipelago.worker.engine.Initializer;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.ScaleVertex;
import org.deeplearning4j.nn.conf.graph.ShiftVertex;
import org.deeplearning4j.nn.conf.graph.SubsetVertex;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/**
 * Says a plan in Deeplearning4j's layers, one or several for each node, under the node's name.
 *
 * <p>Maps are [N, C, H, W]; what comes out of a dense layer or a mean over positions is [N, C], and
 * is reshaped where a layer for maps reads it. Never SameDiff layers: their gradient is twice the
 * right one.
 */
final class GraphCompiler {
  /** Of the graph; like all names that a plan does not give, with a colon, which no plan uses. */
  static final String INPUT = ":input";

  private static final String LOSS = ":softmax";
  private static final double EPSILON = 1e-5;

  /** What the graph is for. */
  enum Purpose {
    /** To be trained here: with what is exact and fast. */
    TRAINING,
    /** To be written to a model file: with as few of our own classes as possible. */
    FILE
  }

  private final NetworkPlan plan;
  private final Purpose purpose;
  private final List<Shape> shapes;
  private final List<Value> values = new ArrayList<>();
  private final GraphBuilder graph;
  private final Drawing drawing;
  private final Pools pools;
  private final Convolutions convolutions;

  private GraphCompiler(NetworkPlan plan, Purpose purpose) {
    this.plan = plan;
    this.purpose = purpose;
    this.shapes = plan.shapes();
    this.graph =
        new NeuralNetConfiguration.Builder()
            .trainingWorkspaceMode(WorkspaceMode.ENABLED)
            .inferenceWorkspaceMode(WorkspaceMode.ENABLED)
            .updater(
                switch (purpose) {
                  case TRAINING -> new NoOp(); // the optimiser is ours
                  case FILE -> new Nesterovs(0.01, 0.9); // for whoever goes on with it
                })
            .graphBuilder();
    this.drawing = new Drawing(graph);
    this.pools = new Pools(drawing);
    this.convolutions = new Convolutions(drawing, pools, purpose == Purpose.TRAINING);
  }

  /**
   * @throws EngineException INVALID_PLAN for a layer that this engine does not have
   */
  static Compiled compile(NetworkPlan plan, Purpose purpose) {
    return new GraphCompiler(plan, purpose).compile();
  }

  private Compiled compile() {
    graph.addInputs(INPUT);
    boolean vector = isVector(shapes.get(0));
    values.add(new Value(INPUT, vector, true));
    for (int i = 1; i < plan.nodes().size(); i++) {
      values.add(compile(i, plan.nodes().get(i)));
    }
    int last = values.size() - 1;
    String logits =
        drawing
            .flat(plan.nodes().get(last).name() + ":flat", values.get(last), shapes.get(last))
            .vertex();
    graph.addLayer(
        LOSS,
        new LossLayer.Builder()
            .lossFunction(purpose == Purpose.FILE ? new LossMCXENT() : new CrossEntropy())
            .activation(Activation.SOFTMAX)
            .build(),
        logits);
    graph.setOutputs(LOSS);
    return drawing.finished(logits);
  }

  private Value compile(int index, Node node) {
    Layer layer = node.layer();
    String name = node.name();
    Shape to = shapes.get(index);
    Value read = values.get(node.inputs().get(0));
    Shape from = shapes.get(node.inputs().get(0));
    if (layer instanceof Layer.Conv conv) {
      return convolutions.convolution(name, conv, drawing.map(name, read, from), from);
    } else if (layer instanceof Layer.BatchNorm) {
      return norm(name, read, from, true);
    } else if (layer instanceof Layer.Standardize) {
      return norm(name, read, from, false);
    } else if (layer instanceof Layer.Relu) {
      return activation(name, Activation.RELU, read);
    } else if (layer instanceof Layer.Relu6) {
      return activation(name, Activation.RELU6, read);
    } else if (layer instanceof Layer.Sigmoid) {
      return activation(name, Activation.SIGMOID, read);
    } else if (layer instanceof Layer.Swish) {
      return activation(name, Activation.SWISH, read);
    } else if (layer instanceof Layer.Tanh) {
      return activation(name, Activation.TANH, read);
    } else if (layer instanceof Layer.HardSigmoid) {
      return hardSigmoid(name, read);
    } else if (layer instanceof Layer.HardSwish) {
      Value gate = hardSigmoid(name + ":gate", read);
      return drawing.vertex(name, times(), read.flat(), read, gate);
    } else if (layer instanceof Layer.MaxPool pool) {
      return pools.maxima(name, pool, drawing.map(name, read, from), from, to);
    } else if (layer instanceof Layer.AvgPool pool) {
      return pools.means(name, pool, drawing.map(name, read, from), from, to);
    } else if (layer instanceof Layer.GlobalAvgPool) {
      graph.addLayer(
          name,
          new GlobalPoolingLayer.Builder(PoolingType.AVG).build(),
          drawing.map(name, read, from).vertex());
      return Value.vector(name);
    } else if (layer instanceof Layer.Linear linear) {
      return dense(name, linear, read, from);
    } else if (layer instanceof Layer.Flatten) {
      return drawing.flat(name, read, from);
    } else if (layer instanceof Layer.Add) {
      return joined(name, new ElementWiseVertex(ElementWiseVertex.Op.Add), node);
    } else if (layer instanceof Layer.Concat) {
      return joined(name, new MergeVertex(), node);
    } else if (layer instanceof Layer.Scale) {
      Shape factors = shapes.get(node.inputs().get(1));
      Value factor = drawing.map(name + ":factor", values.get(node.inputs().get(1)), factors);
      return drawing.vertex(name, times(), false, drawing.map(name, read, from), factor);
    } else if (layer instanceof Layer.Channels channels) {
      return drawing.vertex(
          name, new SubsetVertex(channels.from(), channels.to() - 1), read.flat(), read);
    } else if (layer instanceof Layer.Resize) {
      return drawing.own(name, "resizes a map", resize(from, to), drawing.map(name, read, from));
    } else if (layer instanceof Layer.Shuffle shuffle) {
      Value map = drawing.map(name, read, from);
      return drawing.own(name, "deals channels out anew", new Shuffling(shuffle.groups()), map);
    } else if (layer instanceof Layer.Zero) {
      Zeros zeros = new Zeros(to.channels(), to.height(), to.width());
      return drawing.own(name, "has a branch without input", zeros, drawing.map(name, read, from));
    } else if (layer instanceof Layer.Embedding || layer instanceof Layer.Recurrent) {
      throw refusal("recurrent networks");
    } else if (layer instanceof Layer.Choice || layer instanceof Layer.Present) {
      throw refusal("supernets");
    }
    throw new IllegalArgumentException("no translation for " + layer);
  }

  private static EngineException refusal(String what) {
    return new EngineException(
        new TrialFailure(
            Category.INVALID_PLAN, false, "engine dl4j cannot run " + what + ": use torch"));
  }

  private Value norm(String name, Value read, Shape from, boolean affine) {
    graph.addLayer(
        name,
        new BatchNormalization.Builder()
            .nIn(from.channels())
            .nOut(from.channels())
            .eps(EPSILON)
            .decay(1 - Optimizer.STATISTICS_MOMENTUM)
            .useLogStd(false)
            .build(),
        read.vertex());
    String scale = affine ? ".weight" : ":scale";
    String shift = affine ? ".bias" : ":shift";
    drawing.slot(
        name + scale, name, "gamma", Layout.VECTOR, affine ? Role.TRAINED : Role.FIXED_AT_ONE);
    drawing.slot(
        name + shift, name, "beta", Layout.VECTOR, affine ? Role.TRAINED : Role.FIXED_AT_ZERO);
    drawing.slot(name + Initializer.RUNNING_MEAN, name, "mean", Layout.VECTOR, Role.RUNNING_MEAN);
    drawing.slot(
        name + Initializer.RUNNING_VARIANCE, name, "var", Layout.VECTOR, Role.RUNNING_VARIANCE);
    return new Value(name, read.flat(), false);
  }

  private Value dense(String name, Layer.Linear linear, Value read, Shape from) {
    graph.addLayer(
        name,
        new DenseLayer.Builder()
            .nIn(from.channels())
            .nOut(linear.outputs())
            .hasBias(true)
            .activation(Activation.IDENTITY)
            .build(),
        drawing.flat(name + ":flat", read, from).vertex());
    drawing.trained(
        name,
        name,
        DefaultParamInitializer.WEIGHT_KEY,
        Layout.DENSE,
        true,
        DefaultParamInitializer.BIAS_KEY);
    return Value.vector(name);
  }

  /** The library's inference computes activations in place, which must not be the caller's. */
  private Value activation(String name, Activation activation, Value read) {
    Value safe =
        read.raw()
            ? drawing.vertex(
                name + ":copy", new ElementWiseVertex(ElementWiseVertex.Op.Add), read.flat(), read)
            : read;
    graph.addLayer(name, new ActivationLayer(activation), safe.vertex());
    return new Value(name, read.flat(), false);
  }

  /** The library's own has other slopes: relu6(x + 3) / 6. */
  private Value hardSigmoid(String name, Value read) {
    Value shifted = drawing.vertex(name + ":shifted", new ShiftVertex(3), read.flat(), read);
    Value capped = activation(name + ":capped", Activation.RELU6, shifted);
    return drawing.vertex(name, new ScaleVertex(1.0 / 6), read.flat(), capped);
  }

  private static ElementWiseVertex times() {
    return new ElementWiseVertex(ElementWiseVertex.Op.Product);
  }

  private static Separable resize(Shape from, Shape to) {
    return new Separable(
        Separable.Kind.RESIZE, from.height(), from.width(), to.height(), to.width(), 0);
  }

  /** Joins several values, as vectors if all are. */
  private Value joined(String name, GraphVertex vertex, Node node) {
    boolean flat = node.inputs().stream().allMatch(input -> values.get(input).flat());
    Value[] read = new Value[node.inputs().size()];
    for (int i = 0; i < read.length; i++) {
      int input = node.inputs().get(i);
      Value value = values.get(input);
      read[i] = flat ? value : drawing.map(name + ":" + i, value, shapes.get(input));
    }
    return drawing.vertex(name, vertex, flat, read);
  }

  private static boolean isVector(Shape shape) {
    return shape.height() == 1 && shape.width() == 1;
  }
}
