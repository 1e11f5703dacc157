package dev.archipelago.worker.torch;

import dev.archipelago.protocol.space.Layer;
import dev.archipelago.protocol.space.NetworkPlan.Node;
import dev.archipelago.protocol.space.Shape;
import dev.archipelago.worker.engine.Initializer;
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
 * Layers as libtorch calls. Call these in the scope that shall own what is made here.
 *
 * <p>Maps are [N, C, H, W], channels last in memory; a vector is [N, C, 1, 1].
 */
final class Operations {
  private static final double EPSILON = 1e-5;

  private Operations() {}

  /**
   * What a node computes.
   *
   * @throws IllegalArgumentException for a layer that computes nothing of its own
   */
  static Operation of(Node node, Weights weights) {
    Layer layer = node.layer();
    if (layer instanceof Layer.Conv conv) {
      return convolution(node.name(), conv, Kept.ALL, weights);
    } else if (layer instanceof Layer.BatchNorm) {
      return batchNorm(node.name(), true, weights);
    } else if (layer instanceof Layer.Standardize) {
      return batchNorm(node.name(), false, weights);
    } else if (layer instanceof Layer.Relu) {
      return (in, norms) -> torch.relu(in[0]);
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
      return dense(node.name(), Kept.ALL, weights);
    } else if (layer instanceof Layer.Add) {
      return Operations::sum;
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
      return zeros(zero.shape());
    } else if (layer instanceof Layer.Channels channels) {
      return (in, norms) -> some(in[0], channels);
    } else if (layer instanceof Layer.Shuffle shuffle) {
      return (in, norms) -> deal(in[0], shuffle.groups());
    }
    throw new IllegalArgumentException("no translation for " + layer);
  }

  /**
   * A node that reads the channels that are there alone.
   *
   * @throws IllegalArgumentException for a layer that has to have all
   */
  static Operation reading(Node node, Kept kept, Weights weights) {
    if (node.layer() instanceof Layer.Conv conv && conv.groups() == 1) {
      return convolution(node.name(), conv, kept, weights);
    } else if (node.layer() instanceof Layer.Linear) {
      return dense(node.name(), kept, weights);
    }
    throw new IllegalArgumentException(
        node.name() + " reads a concatenation with parts left out, and is no convolution");
  }

  private static Operation convolution(String name, Layer.Conv conv, Kept kept, Weights weights) {
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
        (in, norms) ->
            torch.conv2d(in[0], kept.of(weight), bias, stride, padding, dilation, conv.groups());
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

  /**
   * @param affine whether scale and shift follow
   */
  private static Operation batchNorm(String name, boolean affine, Weights weights) {
    TensorOptional scale = // [C], as all here
        affine ? new TensorOptional(weights.get(name + ".weight")) : new TensorOptional();
    TensorOptional shift =
        affine ? new TensorOptional(weights.get(name + ".bias")) : new TensorOptional();
    TensorOptional mean = new TensorOptional(weights.get(name + Initializer.RUNNING_MEAN));
    TensorOptional variance = new TensorOptional(weights.get(name + Initializer.RUNNING_VARIANCE));
    TensorOptional none = new TensorOptional();
    return (in, norms) -> {
      if (norms instanceof Norms.Remembering remembering) {
        double momentum = remembering.momentum();
        return torch.batch_norm(in[0], scale, shift, mean, variance, true, momentum, EPSILON, true);
      }
      return switch ((Norms.Still) norms) {
        case RUNNING ->
            torch.batch_norm(in[0], scale, shift, mean, variance, false, 0, EPSILON, true);
        case BATCH -> torch.batch_norm(in[0], scale, shift, none, none, true, 0, EPSILON, true);
        case BYPASSED -> in[0].clone(); // a tensor of its own, as every node's output is
      };
    };
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

  private static Operation dense(String name, Kept kept, Weights weights) {
    Tensor weight = weights.get(name + ".weight"); // [O, I]
    TensorOptional bias = new TensorOptional(weights.get(name + ".bias"));
    long[] vector = {-1, weight.size(0), 1, 1};
    return (in, norms) -> torch.linear(in[0].flatten(1, 3), kept.of(weight), bias).view(vector);
  }

  private static Operation interpolation(Layer.Resize resize) {
    InterpolateFuncOptions options = new InterpolateFuncOptions();
    options.size().put(new LongVector(resize.height(), resize.width()));
    options.mode().put(new kBilinear());
    options.align_corners().put(false);
    options.antialias().put(true);
    return (in, norms) -> torch.interpolate(widened(in[0]), options);
  }

  /** In float32 where it was bfloat16, for which libtorch has no resize on CPUs. */
  private static Tensor widened(Tensor x) {
    return x.scalar_type().intern() == ScalarType.BFloat16 ? x.to(ScalarType.Float) : x;
  }

  /** Zeros for as many examples as its input has. Channels last, like all maps. */
  static Operation zeros(Shape shape) {
    return (in, norms) -> {
      long[] sizes = {in[0].size(0), shape.height(), shape.width(), shape.channels()};
      return torch.zeros(sizes, in[0].options()).permute(0, 3, 1, 2);
    };
  }

  /**
   * A copy, since kernels are slow on windows. Cut out of [N, H, W, C], so that the gradient lies
   * channels last.
   */
  private static Tensor some(Tensor x, Layer.Channels channels) {
    return x.permute(0, 2, 3, 1)
        .narrow(3, channels.from(), channels.to() - channels.from())
        .contiguous()
        .permute(0, 3, 1, 2);
  }

  /** Along the last dimension of [N, H, W, C], so that output and gradient lie channels last. */
  private static Tensor deal(Tensor x, long groups) {
    Tensor last = x.permute(0, 2, 3, 1); // [N, H, W, C]
    long[] sizes = last.sizes().vec().get();
    long[] grouped = {sizes[0], sizes[1], sizes[2], groups, sizes[3] / groups};
    return last.reshape(grouped).transpose(3, 4).reshape(sizes).permute(0, 3, 1, 2);
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
  static Tensor rectify(Tensor[] in, Norms norms) {
    torch.relu_(in[0]);
    return in[0];
  }

  static Tensor sum(Tensor[] terms, Norms norms) {
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
