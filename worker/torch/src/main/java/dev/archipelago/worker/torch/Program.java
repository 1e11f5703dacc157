package dev.archipelago.worker.torch;

import dev.archipelago.protocol.space.Layer;
import dev.archipelago.protocol.space.NetworkPlan;
import dev.archipelago.protocol.space.NetworkPlan.Node;
import dev.archipelago.protocol.space.Shape;
import dev.archipelago.worker.engine.Initializer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.bytedeco.pytorch.InterpolateFuncOptions;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.LongVector;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorBase;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorTensorHook;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.bytedeco.pytorch.kBilinear;

/**
 * A plan's forward pass as a row of libtorch calls, in the plan's order.
 *
 * <p>Maps are [N, C, H, W], channels last in memory; a vector is [N, C, 1, 1].
 */
final class Program {

  /** One node: its inputs, in their order, to its output. */
  @FunctionalInterface
  private interface Operation {
    Tensor apply(Tensor[] inputs, Norms norms);
  }

  /** What a batch norm does. */
  enum Norms {
    /** Normalises by the batch's statistics, and remembers them. */
    BATCH,
    /** Normalises by what it remembers. */
    RUNNING,
    /** Lets everything through. */
    BYPASSED
  }

  private static final double EPSILON = 1e-5;
  private static final double MOMENTUM = 0.1;

  private final List<Operation> operations = new ArrayList<>();
  private final int[][] inputs;
  private final boolean[] rectifies; // by node
  private final List<List<Integer>> lastReads = new ArrayList<>(); // by node, what to free after it

  /** Builds with the given tensors; call it in the scope that shall own what is made here. */
  Program(NetworkPlan plan, Weights weights) {
    List<Node> nodes = plan.nodes();
    this.inputs = new int[nodes.size()][];
    this.rectifies = new boolean[nodes.size()];
    int[] readers = new int[nodes.size()];
    int[] last = new int[nodes.size()];
    for (int i = 0; i < nodes.size(); i++) {
      inputs[i] = nodes.get(i).inputs().stream().mapToInt(Integer::intValue).toArray();
      for (int input : inputs[i]) {
        readers[input]++;
        last[input] = i;
      }
    }
    for (int i = 0; i < nodes.size(); i++) {
      Node node = nodes.get(i);
      boolean inPlace =
          node.layer() instanceof Layer.Relu
              && readers[inputs[i][0]] == 1
              && mayOverwrite(nodes.get(inputs[i][0]).layer());
      operations.add(operation(node, weights, inPlace));
      rectifies[i] = node.layer() instanceof Layer.Relu;
      List<Integer> done = new ArrayList<>();
      for (int input : inputs[i]) {
        if (last[input] == i && input != 0 && !inPlace && !done.contains(input)) {
          done.add(input);
        }
      }
      lastReads.add(done);
    }
  }

  /**
   * Whether the layer's gradient is computed without its output, so that another may write there.
   */
  private static boolean mayOverwrite(Layer layer) {
    return layer instanceof Layer.BatchNorm
        || layer instanceof Layer.Conv
        || layer instanceof Layer.Add
        || layer instanceof Layer.Scale
        || layer instanceof Layer.Resize
        || layer instanceof Layer.Concat;
  }

  /**
   * Runs every node; intermediate tensors go as soon as nobody reads them, except what the gradient
   * needs.
   *
   * @param images [N, C, H, W]
   * @return logits, [N, classes]
   */
  Tensor forward(Tensor images, Norms norms) {
    return forward(images, norms, output -> {});
  }

  /**
   * As above.
   *
   * @param rectified sees the output of every ReLU, [N, C, H, W], while it is there
   */
  Tensor forward(Tensor images, Norms norms, Consumer<Tensor> rectified) {
    Tensor[] values = new Tensor[inputs.length];
    values[0] = images;
    for (int i = 1; i < values.length; i++) {
      Tensor[] read = new Tensor[inputs[i].length];
      for (int j = 0; j < read.length; j++) {
        read[j] = values[inputs[i][j]];
      }
      values[i] = operations.get(i).apply(read, norms);
      if (rectifies[i]) {
        rectified.accept(values[i]);
      }
      for (int done : lastReads.get(i)) {
        values[done].close();
      }
    }
    return values[values.length - 1].flatten(1, 3);
  }

  private static Operation operation(Node node, Weights weights, boolean inPlace) {
    Layer layer = node.layer();
    if (layer instanceof Layer.Input) {
      return (in, norms) -> in[0];
    } else if (layer instanceof Layer.Conv conv) {
      return convolution(node.name(), conv, weights);
    } else if (layer instanceof Layer.BatchNorm) {
      return batchNorm(node.name(), weights);
    } else if (layer instanceof Layer.Relu) {
      return inPlace ? Program::rectify : (in, norms) -> torch.relu(in[0]);
    } else if (layer instanceof Layer.Sigmoid) {
      return (in, norms) -> torch.sigmoid(in[0]);
    } else if (layer instanceof Layer.Tanh) {
      return (in, norms) -> torch.tanh(in[0]);
    } else if (layer instanceof Layer.Flatten) {
      return (in, norms) -> vector(in[0].flatten(1, 3));
    } else if (layer instanceof Layer.Embedding) {
      return embedding(node.name(), weights);
    } else if (layer instanceof Layer.Recurrent recurrent) {
      return new Recurrence(node.name(), recurrent, weights)::apply;
    } else if (layer instanceof Layer.MaxPool pool) {
      Window window = new Window(pool.kernel(), pool.stride());
      return (in, norms) ->
          torch.max_pool2d(
              in[0], window.kernel, window.stride, window.padding, window.dilation, window.ceil);
    } else if (layer instanceof Layer.AvgPool pool) {
      return averages(new Window(pool.kernel(), pool.stride()));
    } else if (layer instanceof Layer.GlobalAvgPool) {
      return (in, norms) -> meanOfPositions(in[0]);
    } else if (layer instanceof Layer.Linear) {
      return dense(node.name(), weights);
    } else if (layer instanceof Layer.Add) {
      return (in, norms) -> sum(in);
    } else if (layer instanceof Layer.Concat) {
      return concatenation();
    } else if (layer instanceof Layer.Relu6) {
      return (in, norms) -> torch.relu6(in[0]);
    } else if (layer instanceof Layer.HardSigmoid) {
      return (in, norms) -> torch.hardsigmoid(in[0]);
    } else if (layer instanceof Layer.Swish) {
      return (in, norms) -> torch.silu(in[0]);
    } else if (layer instanceof Layer.HardSwish) {
      return (in, norms) -> torch.hardswish(in[0]);
    } else if (layer instanceof Layer.Scale) {
      return (in, norms) -> in[0].mul(in[1]);
    } else if (layer instanceof Layer.Resize resize) {
      return interpolation(resize);
    } else if (layer instanceof Layer.Zero zero) {
      return (in, norms) -> zeros(zero.shape(), in[0]);
    }
    throw new IllegalArgumentException("no translation for " + layer);
  }

  private static Operation convolution(String name, Layer.Conv conv, Weights weights) {
    Tensor weight = weights.get(name + ".weight"); // [O, I / groups, H, W]
    TensorOptional bias =
        conv.bias() ? new TensorOptional(weights.get(name + ".bias")) : new TensorOptional();
    boolean sampled = readsOnlyEveryStride(conv);
    int step = sampled ? 1 : conv.stride();
    int spacing = sampled ? 1 : conv.dilation();
    long[] stride = {step, step};
    long[] dilation = {spacing, spacing};
    long[] padding = {
      spacing * (conv.kernelHeight() - 1) / 2, spacing * (conv.kernelWidth() - 1) / 2
    };
    Operation convolve =
        (in, norms) -> torch.conv2d(in[0], weight, bias, stride, padding, dilation, conv.groups());
    if (!sampled) {
      return convolve;
    }
    Operation sample = averages(new Window(1, conv.stride()));
    return (in, norms) -> convolve.apply(new Tensor[] {sample.apply(in, norms)}, norms);
  }

  /**
   * Whether all positions that the convolution reads are multiples of its stride. It is then the
   * same as one without stride and dilation on every stride-th position, for which oneDNN has
   * kernels that are many times as fast as those for strided, dilated ones.
   */
  private static boolean readsOnlyEveryStride(Layer.Conv conv) {
    boolean point = conv.kernelHeight() == 1 && conv.kernelWidth() == 1;
    return conv.stride() > 1 && (point || conv.dilation() == conv.stride());
  }

  private static Operation averages(Window window) {
    LongOptional divisor = new LongOptional();
    return (in, norms) ->
        torch.avg_pool2d(
            in[0], window.kernel, window.stride, window.padding, window.ceil, false, divisor);
  }

  /**
   * The parts' gradients would be windows into the whole's, on which libtorch's kernels are up to
   * 40 times as slow as on tensors of their own: they are copied first. Not on a GPU, whose
   * backward pass runs on a thread of libtorch's, where no scope would free the copies.
   */
  private static Operation concatenation() {
    TensorTensorHook copied =
        new TensorTensorHook() {
          @Override
          public TensorBase call(TensorBase gradient) {
            return gradient.contiguous(MemoryFormat.ChannelsLast);
          }
        };
    return (in, norms) -> {
      for (Tensor part : in) {
        if (part.requires_grad() && !part.is_cuda()) {
          part.register_hook(copied);
        }
      }
      return torch.cat(new TensorVector(in), 1);
    };
  }

  private static Operation batchNorm(String name, Weights weights) {
    TensorOptional scale = new TensorOptional(weights.get(name + ".weight")); // [C], as all here
    TensorOptional shift = new TensorOptional(weights.get(name + ".bias"));
    TensorOptional mean = new TensorOptional(weights.get(name + Initializer.RUNNING_MEAN));
    TensorOptional variance = new TensorOptional(weights.get(name + Initializer.RUNNING_VARIANCE));
    return (in, norms) ->
        norms == Norms.BYPASSED
            ? in[0].clone() // a tensor of its own, as every node's output is
            : torch.batch_norm(
                in[0], scale, shift, mean, variance, norms == Norms.BATCH, MOMENTUM, EPSILON, true);
  }

  /**
   * The mean of a map. Taken over [N, H * W, C], so that its gradient lies channels last like all
   * others: the one of a mean over [N, C, H, W] does not, which makes the ReLU before it a hundred
   * times slower.
   */
  private static Tensor meanOfPositions(Tensor x) {
    Tensor mean = x.permute(0, 2, 3, 1).flatten(1, 2).mean(1); // [N, C]
    return mean.view(x.size(0), x.size(1), 1, 1);
  }

  private static Operation dense(String name, Weights weights) {
    Tensor weight = weights.get(name + ".weight"); // [O, I]
    TensorOptional bias = new TensorOptional(weights.get(name + ".bias"));
    long[] vector = {-1, weight.size(0), 1, 1};
    return (in, norms) -> torch.linear(in[0].flatten(1, 3), weight, bias).view(vector);
  }

  private static Operation interpolation(Layer.Resize resize) {
    InterpolateFuncOptions options = new InterpolateFuncOptions();
    options.size().put(new LongVector(resize.height(), resize.width()));
    options.mode().put(new kBilinear());
    options.align_corners().put(false);
    options.antialias().put(true);
    return (in, norms) -> torch.interpolate(in[0], options);
  }

  /** Channels last, like all maps. */
  private static Tensor zeros(Shape shape, Tensor images) {
    long[] sizes = {images.size(0), shape.height(), shape.width(), shape.channels()};
    return torch.zeros(sizes, images.options()).permute(0, 3, 1, 2);
  }

  /** Tokens are whole numbers, which floats hold exactly up to 2^24. */
  private static Operation embedding(String name, Weights weights) {
    Tensor weight = weights.get(name + ".weight"); // [V, S]
    return (in, norms) -> {
      Tensor tokens = in[0].flatten(1, 3).to(ScalarType.Long); // [N, T]
      return steps(torch.embedding(weight, tokens));
    };
  }

  /** [N, T, C] as [N, C, T, 1]; in memory nothing moves. */
  static Tensor steps(Tensor sequence) {
    return sequence.unsqueeze(2).permute(0, 3, 1, 2);
  }

  /** [N, C] as [N, C, 1, 1]. */
  static Tensor vector(Tensor rows) {
    return rows.unsqueeze(2).unsqueeze(3);
  }

  /** In place. The native call's result is a second name for its input, not a tensor of its own. */
  private static Tensor rectify(Tensor[] in, Norms norms) {
    torch.relu_(in[0]);
    return in[0];
  }

  private static Tensor sum(Tensor[] terms) {
    Tensor total = terms[0].add(terms[1]);
    for (int i = 2; i < terms.length; i++) {
      total.add_(terms[i]); // in place, as above
    }
    return total;
  }

  /** The pooling windows of {@link Layer}: odd ones centred, even ones side by side. */
  private static final class Window {
    final long[] kernel;
    final long[] stride;
    final long[] padding;
    final long[] dilation = {1, 1};
    final boolean ceil;

    Window(int kernel, int stride) {
      boolean odd = kernel % 2 == 1;
      int padding = odd ? (kernel - 1) / 2 : 0;
      this.kernel = new long[] {kernel, kernel};
      this.stride = new long[] {stride, stride};
      this.padding = new long[] {padding, padding};
      this.ceil = !odd;
    }
  }
}
