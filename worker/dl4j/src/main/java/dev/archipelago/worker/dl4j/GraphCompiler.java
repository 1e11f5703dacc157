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
import java.util.Comparator;
import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.PreprocessorVertex;
import org.deeplearning4j.nn.conf.graph.ScaleVertex;
import org.deeplearning4j.nn.conf.graph.ShiftVertex;
import org.deeplearning4j.nn.conf.graph.SubsetVertex;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;
import org.deeplearning4j.nn.params.ConvolutionParamInitializer;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.deeplearning4j.nn.params.DepthwiseConvolutionParamInitializer;
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

  /**
   * A node's output.
   *
   * @param flat whether it is [N, C] rather than [N, C, H, W]
   * @param raw whether it may share memory with the graph's input
   */
  private record Value(String vertex, boolean flat, boolean raw) {
    static Value map(String vertex) {
      return new Value(vertex, false, false);
    }

    static Value vector(String vertex) {
      return new Value(vertex, true, false);
    }
  }

  private final NetworkPlan plan;
  private final Purpose purpose;
  private final List<Shape> shapes;
  private final List<Value> values = new ArrayList<>();
  private final List<Slot> slots = new ArrayList<>();
  private final List<String> needs = new ArrayList<>();
  private final GraphBuilder graph;

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
    String logits = flat(plan.nodes().get(last).name() + ":flat", values.get(last), last).vertex();
    graph.addLayer(
        LOSS,
        new LossLayer.Builder()
            .lossFunction(purpose == Purpose.FILE ? new LossMCXENT() : new CrossEntropy())
            .activation(Activation.SOFTMAX)
            .build(),
        logits);
    graph.setOutputs(LOSS);
    ComputationGraphConfiguration configuration = graph.build();
    return new Compiled(configuration, slots, logits, needs);
  }

  private Value compile(int index, Node node) {
    Layer layer = node.layer();
    String name = node.name();
    Shape to = shapes.get(index);
    Value read = values.get(node.inputs().get(0));
    Shape from = shapes.get(node.inputs().get(0));
    if (layer instanceof Layer.Conv conv) {
      return convolution(name, conv, map(name, read, from), from);
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
      return vertex(name, times(), read.flat(), read, gate);
    } else if (layer instanceof Layer.MaxPool pool) {
      return maxima(name, pool, map(name, read, from), from, to);
    } else if (layer instanceof Layer.AvgPool pool) {
      return means(name, pool, map(name, read, from), from, to);
    } else if (layer instanceof Layer.GlobalAvgPool) {
      graph.addLayer(
          name,
          new GlobalPoolingLayer.Builder(PoolingType.AVG).build(),
          map(name, read, from).vertex());
      return Value.vector(name);
    } else if (layer instanceof Layer.Linear linear) {
      return dense(name, linear, read, node.inputs().get(0));
    } else if (layer instanceof Layer.Flatten) {
      return flat(name, read, node.inputs().get(0));
    } else if (layer instanceof Layer.Add) {
      return joined(name, new ElementWiseVertex(ElementWiseVertex.Op.Add), node);
    } else if (layer instanceof Layer.Concat) {
      return joined(name, new MergeVertex(), node);
    } else if (layer instanceof Layer.Scale) {
      Shape factors = shapes.get(node.inputs().get(1));
      Value factor = map(name + ":factor", values.get(node.inputs().get(1)), factors);
      return vertex(name, times(), false, map(name, read, from), factor);
    } else if (layer instanceof Layer.Channels channels) {
      return vertex(name, new SubsetVertex(channels.from(), channels.to() - 1), read.flat(), read);
    } else if (layer instanceof Layer.Resize) {
      return own(name, "resizes a map", resize(from, to), map(name, read, from));
    } else if (layer instanceof Layer.Shuffle shuffle) {
      Value map = map(name, read, from);
      return own(name, "deals channels out anew", new Shuffling(shuffle.groups()), map);
    } else if (layer instanceof Layer.Zero) {
      Zeros zeros = new Zeros(to.channels(), to.height(), to.width());
      return own(name, "has a branch without input", zeros, map(name, read, from));
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

  private Value convolution(String name, Layer.Conv conv, Value read, Shape from) {
    boolean depthwise = conv.groups() == from.channels();
    boolean grouped = conv.groups() > 1 && !depthwise;
    int stride = conv.stride();
    int dilation = conv.dilation();
    boolean point = conv.kernelHeight() == 1 && conv.kernelWidth() == 1;
    if (stride > 1 && (point || dilation == stride)) {
      // All positions that it reads are multiples of its stride.
      Value sampled = sampled(name + ":sampled", read, stride);
      Shape fewer =
          new Shape(from.channels(), divided(from.height(), stride), divided(from.width(), stride));
      return convolution(name, with(conv, 1, 1), sampled, fewer);
    }
    if (point && dilation > 1) {
      return convolution(name, with(conv, stride, 1), read, from);
    }
    if (depthwise && conv.groups() > 1) {
      return depthwise(name, conv, read, from);
    }
    if (!grouped) {
      plain(name, name, conv, from.channels(), conv.filters(), read);
      return Value.map(name);
    }
    int in = from.channels() / conv.groups();
    int out = conv.filters() / conv.groups();
    List<String> parts = new ArrayList<>();
    for (int g = 0; g < conv.groups(); g++) {
      String part = name + ":group_" + g;
      Value window = vertex(part + ":in", new SubsetVertex(g * in, (g + 1) * in - 1), false, read);
      plain(part, name, conv, in, out, window);
      parts.add(part);
    }
    if (conv.bias()) {
      // A tensor's parts stand together: all of the weight, then all of the bias.
      slots.sort(byNameInOrder());
    }
    graph.addVertex(name, new MergeVertex(), parts.toArray(String[]::new));
    return Value.map(name);
  }

  /** Keeps names in the order in which they first came. */
  private Comparator<Slot> byNameInOrder() {
    List<String> names = slots.stream().map(Slot::name).distinct().toList();
    return Comparator.comparingInt(slot -> names.indexOf(slot.name()));
  }

  private static Layer.Conv with(Layer.Conv conv, int stride, int dilation) {
    return new Layer.Conv(
        conv.filters(),
        conv.kernelHeight(),
        conv.kernelWidth(),
        stride,
        dilation,
        conv.groups(),
        conv.bias());
  }

  private void plain(String vertex, String name, Layer.Conv conv, int in, int out, Value read) {
    graph.addLayer(
        vertex,
        new ConvolutionLayer.Builder(conv.kernelHeight(), conv.kernelWidth())
            .nIn(in)
            .nOut(out)
            .stride(conv.stride(), conv.stride())
            .dilation(conv.dilation(), conv.dilation())
            .padding(padding(conv.kernelHeight(), conv), padding(conv.kernelWidth(), conv))
            .convolutionMode(ConvolutionMode.Truncate)
            .hasBias(conv.bias())
            .activation(Activation.IDENTITY)
            .build(),
        read.vertex());
    String weight = ConvolutionParamInitializer.WEIGHT_KEY;
    slots.add(new Slot(name + ".weight", vertex, weight, Layout.KERNEL, Role.TRAINED));
    if (conv.bias()) {
      String bias = ConvolutionParamInitializer.BIAS_KEY;
      slots.add(new Slot(name + ".bias", vertex, bias, Layout.VECTOR, Role.TRAINED));
    }
  }

  /** oneDNN has no dilated depthwise convolution, and ND4J's own takes seconds. */
  private Value depthwise(String name, Layer.Conv conv, Value read, Shape from) {
    boolean apart = conv.dilation() > 1 && purpose == Purpose.TRAINING;
    String vertex = apart ? name + ":phases" : name;
    Layer.Conv shape = apart ? with(conv, 1, 1) : conv;
    Value in = apart ? phases(name + ":apart", Phases.Way.APART, conv, from, read) : read;
    graph.addLayer(
        vertex,
        new DepthwiseConvolution2D.Builder(shape.kernelHeight(), shape.kernelWidth())
            .nIn(from.channels())
            .nOut(conv.filters())
            .depthMultiplier(conv.filters() / conv.groups())
            .stride(shape.stride(), shape.stride())
            .dilation(shape.dilation(), shape.dilation())
            .padding(padding(shape.kernelHeight(), shape), padding(shape.kernelWidth(), shape))
            .convolutionMode(ConvolutionMode.Truncate)
            .hasBias(conv.bias())
            .activation(Activation.IDENTITY)
            .build(),
        in.vertex());
    String weight = DepthwiseConvolutionParamInitializer.WEIGHT_KEY;
    slots.add(new Slot(name + ".weight", vertex, weight, Layout.DEPTHWISE, Role.TRAINED));
    if (conv.bias()) {
      String bias = DepthwiseConvolutionParamInitializer.BIAS_KEY;
      slots.add(new Slot(name + ".bias", vertex, bias, Layout.VECTOR, Role.TRAINED));
    }
    if (!apart) {
      return Value.map(name);
    }
    boolean sampled = conv.stride() > 1;
    String whole = sampled ? name + ":together" : name;
    Value together = phases(whole, Phases.Way.TOGETHER, conv, from, Value.map(vertex));
    return sampled ? sampled(name, together, conv.stride()) : together;
  }

  private Value phases(String name, Phases.Way way, Layer.Conv conv, Shape from, Value read) {
    return vertex(name, new Phases(way, conv.dilation(), from.height(), from.width()), false, read);
  }

  /** Every stride-th row and column. */
  private Value sampled(String name, Value read, int stride) {
    return pool(name, SubsamplingLayer.PoolingType.MAX, 1, stride, ConvolutionMode.Truncate, read);
  }

  private static int padding(int kernel, Layer.Conv conv) {
    return conv.dilation() * (kernel - 1) / 2;
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
    add(name + scale, name, "gamma", affine ? Role.TRAINED : Role.FIXED_AT_ONE);
    add(name + shift, name, "beta", affine ? Role.TRAINED : Role.FIXED_AT_ZERO);
    add(name + Initializer.RUNNING_MEAN, name, "mean", Role.RUNNING_MEAN);
    add(name + Initializer.RUNNING_VARIANCE, name, "var", Role.RUNNING_VARIANCE);
    return new Value(name, read.flat(), false);
  }

  private void add(String name, String layer, String key, Role role) {
    slots.add(new Slot(name, layer, key, Layout.VECTOR, role));
  }

  private Value dense(String name, Layer.Linear linear, Value read, int from) {
    int in = shapes.get(from).channels();
    graph.addLayer(
        name,
        new DenseLayer.Builder()
            .nIn(in)
            .nOut(linear.outputs())
            .hasBias(true)
            .activation(Activation.IDENTITY)
            .build(),
        flat(name + ":flat", read, from).vertex());
    String weight = DefaultParamInitializer.WEIGHT_KEY;
    String bias = DefaultParamInitializer.BIAS_KEY;
    slots.add(new Slot(name + ".weight", name, weight, Layout.DENSE, Role.TRAINED));
    slots.add(new Slot(name + ".bias", name, bias, Layout.VECTOR, Role.TRAINED));
    return Value.vector(name);
  }

  /** The library's inference computes activations in place, which must not be the caller's. */
  private Value activation(String name, Activation activation, Value read) {
    Value safe =
        read.raw()
            ? vertex(
                name + ":copy", new ElementWiseVertex(ElementWiseVertex.Op.Add), read.flat(), read)
            : read;
    graph.addLayer(name, new ActivationLayer(activation), safe.vertex());
    return new Value(name, read.flat(), false);
  }

  /** The library's own has other slopes: relu6(x + 3) / 6. */
  private Value hardSigmoid(String name, Value read) {
    Value shifted = vertex(name + ":shifted", new ShiftVertex(3), read.flat(), read);
    Value capped = activation(name + ":capped", Activation.RELU6, shifted);
    return vertex(name, new ScaleVertex(1.0 / 6), read.flat(), capped);
  }

  private static ElementWiseVertex times() {
    return new ElementWiseVertex(ElementWiseVertex.Op.Product);
  }

  private Value maxima(String name, Layer.MaxPool pool, Value read, Shape from, Shape to) {
    Value in = read;
    if (hangsOver(pool.kernel(), from, to)) {
      Separable longer =
          new Separable(
              Separable.Kind.LAST_AGAIN,
              from.height(),
              from.width(),
              to.height() * pool.stride(),
              to.width() * pool.stride(),
              0);
      in = own(name + ":longer", "has even pools that hang over the end", longer, read);
    }
    return pool(
        name,
        SubsamplingLayer.PoolingType.MAX,
        pool.kernel(),
        pool.stride(),
        ConvolutionMode.Truncate,
        in);
  }

  private Value means(String name, Layer.AvgPool pool, Value read, Shape from, Shape to) {
    if (!hangsOver(pool.kernel(), from, to)) {
      return pool(
          name,
          SubsamplingLayer.PoolingType.AVG,
          pool.kernel(),
          pool.stride(),
          ConvolutionMode.Truncate,
          read);
    }
    Separable means =
        new Separable(
            Separable.Kind.WINDOW_MEANS,
            from.height(),
            from.width(),
            to.height(),
            to.width(),
            pool.kernel());
    return own(name, "has even pools that hang over the end", means, read);
  }

  private static boolean hangsOver(int kernel, Shape from, Shape to) {
    return kernel % 2 == 0
        && (to.height() * kernel != from.height() || to.width() * kernel != from.width());
  }

  private Value pool(
      String name,
      SubsamplingLayer.PoolingType type,
      int kernel,
      int stride,
      ConvolutionMode mode,
      Value read) {
    int padding = kernel % 2 == 1 ? (kernel - 1) / 2 : 0;
    graph.addLayer(
        name,
        new SubsamplingLayer.Builder(type, new int[] {kernel, kernel}, new int[] {stride, stride})
            .padding(padding, padding)
            .convolutionMode(mode)
            .build(),
        read.vertex());
    return Value.map(name);
  }

  private static Separable resize(Shape from, Shape to) {
    return new Separable(
        Separable.Kind.RESIZE, from.height(), from.width(), to.height(), to.width(), 0);
  }

  /** A vertex that plain Deeplearning4j does not have. */
  private Value own(String name, String what, LinearVertex vertex, Value read) {
    if (!needs.contains(what)) {
      needs.add(what);
    }
    return vertex(name, vertex, false, read);
  }

  private Value vertex(String name, GraphVertex vertex, boolean flat, Value... read) {
    String[] inputs = new String[read.length];
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = read[i].vertex();
    }
    graph.addVertex(name, vertex, inputs);
    return new Value(name, flat, false);
  }

  /** Joins several values, as vectors if all are. */
  private Value joined(String name, GraphVertex vertex, Node node) {
    boolean flat = node.inputs().stream().allMatch(input -> values.get(input).flat());
    Value[] read = new Value[node.inputs().size()];
    for (int i = 0; i < read.length; i++) {
      int input = node.inputs().get(i);
      Value value = values.get(input);
      read[i] = flat ? value : map(name + ":" + i, value, shapes.get(input));
    }
    return vertex(name, vertex, flat, read);
  }

  /** The value as [N, C, H, W]; for {@code reader}. */
  private Value map(String reader, Value value, Shape shape) {
    return value.flat()
        ? reshaped(
            reader + ":map", new FeedForwardToCnnPreProcessor(1, 1, shape.channels()), false, value)
        : value;
  }

  /** The value of a node as [N, C * H * W]. */
  private Value flat(String name, Value value, int node) {
    Shape shape = shapes.get(node);
    return value.flat()
        ? value
        : reshaped(
            name,
            new CnnToFeedForwardPreProcessor(shape.height(), shape.width(), shape.channels()),
            true,
            value);
  }

  private Value reshaped(String name, InputPreProcessor form, boolean flat, Value value) {
    graph.addVertex(name, new PreprocessorVertex(form), value.vertex());
    return new Value(name, flat, value.raw());
  }

  private static boolean isVector(Shape shape) {
    return shape.height() == 1 && shape.width() == 1;
  }

  private static int divided(int size, int stride) {
    return (size + stride - 1) / stride;
  }
}
