package dev.archipelago.protocol.space;

import java.util.List;

/**
 * One kind of computation in a {@link NetworkPlan}, free of any engine's types.
 *
 * <p>Spatial layers keep the size up to their stride: output = ceil(input / stride) in height and
 * in width. For an odd kernel that is a symmetric padding of dilation * (kernel - 1) / 2; for an
 * even pooling kernel, which must equal its stride, no padding and windows that may hang over the
 * end.
 */
public sealed interface Layer {

  /**
   * The shape that comes out.
   *
   * @throws IllegalArgumentException if the inputs do not fit
   */
  Shape output(List<Shape> inputs);

  /** The image. Has no inputs. */
  record Input(Shape shape) implements Layer {
    @Override
    public Shape output(List<Shape> inputs) {
      require(inputs.isEmpty(), "Input reads nothing");
      return shape;
    }
  }

  /** A convolution; {@code groups == inputs' channels} makes it depthwise. */
  record Conv(
      int filters,
      int kernelHeight,
      int kernelWidth,
      int stride,
      int dilation,
      int groups,
      boolean bias)
      implements Layer {
    public Conv {
      require(filters >= 1 && stride >= 1 && dilation >= 1 && groups >= 1, "sizes start at 1");
      require(kernelHeight % 2 == 1 && kernelWidth % 2 == 1, "kernels are odd");
      require(filters % groups == 0, "groups divide the filters");
    }

    /** A plain convolution without bias, as it stands before a batch norm. */
    public static Conv of(int filters, int kernelHeight, int kernelWidth, int stride) {
      return new Conv(filters, kernelHeight, kernelWidth, stride, 1, 1, false);
    }

    @Override
    public Shape output(List<Shape> inputs) {
      Shape in = single(inputs);
      require(in.channels() % groups == 0, "groups divide the input's channels");
      return strided(in, filters, stride);
    }
  }

  /** Batch normalisation per channel with scale and shift; epsilon 1e-5, momentum 0.1. */
  record BatchNorm() implements Layer {
    @Override
    public Shape output(List<Shape> inputs) {
      return single(inputs);
    }
  }

  /** max(x, 0). */
  record Relu() implements Layer {
    @Override
    public Shape output(List<Shape> inputs) {
      return single(inputs);
    }
  }

  /** min(max(x, 0), 6) (MobileNetV2, arXiv:1801.04381, §3.1). */
  record Relu6() implements Layer {
    @Override
    public Shape output(List<Shape> inputs) {
      return single(inputs);
    }
  }

  /** 1 / (1 + exp(-x)). */
  record Sigmoid() implements Layer {
    @Override
    public Shape output(List<Shape> inputs) {
      return single(inputs);
    }
  }

  /** min(max(x + 3, 0), 6) / 6 (MobileNetV3, arXiv:1905.02244, §5.2). */
  record HardSigmoid() implements Layer {
    @Override
    public Shape output(List<Shape> inputs) {
      return single(inputs);
    }
  }

  /** x * sigmoid(x), also called SiLU (arXiv:1710.05941). */
  record Swish() implements Layer {
    @Override
    public Shape output(List<Shape> inputs) {
      return single(inputs);
    }
  }

  /** x * hard sigmoid(x) (MobileNetV3, arXiv:1905.02244, §5.2). */
  record HardSwish() implements Layer {
    @Override
    public Shape output(List<Shape> inputs) {
      return single(inputs);
    }
  }

  /** The hyperbolic tangent. */
  record Tanh() implements Layer {
    @Override
    public Shape output(List<Shape> inputs) {
      return single(inputs);
    }
  }

  /** Maximum over a square window. */
  record MaxPool(int kernel, int stride) implements Layer {
    public MaxPool {
      checkPool(kernel, stride);
    }

    @Override
    public Shape output(List<Shape> inputs) {
      return strided(single(inputs), single(inputs).channels(), stride);
    }
  }

  /** Mean over a square window; padding does not count. */
  record AvgPool(int kernel, int stride) implements Layer {
    public AvgPool {
      checkPool(kernel, stride);
    }

    @Override
    public Shape output(List<Shape> inputs) {
      return strided(single(inputs), single(inputs).channels(), stride);
    }
  }

  /** Mean over the whole map: [C, H, W] to [C, 1, 1]. */
  record GlobalAvgPool() implements Layer {
    @Override
    public Shape output(List<Shape> inputs) {
      return new Shape(single(inputs).channels(), 1, 1);
    }
  }

  /** A dense layer with bias on a vector. */
  record Linear(int outputs) implements Layer {
    public Linear {
      require(outputs >= 1, "sizes start at 1");
    }

    @Override
    public Shape output(List<Shape> inputs) {
      Shape in = single(inputs);
      require(in.height() == 1 && in.width() == 1, "a dense layer reads a vector, not " + in);
      return new Shape(outputs, 1, 1);
    }
  }

  /** A map as a vector, in the order [C, H, W]: [C, H, W] to [C * H * W, 1, 1]. */
  record Flatten() implements Layer {
    @Override
    public Shape output(List<Shape> inputs) {
      return new Shape(Math.toIntExact(single(inputs).elements()), 1, 1);
    }
  }

  /**
   * A learned vector for each token: [1, T, 1], whole numbers in [0, vocabulary) held as floats, to
   * [size, T, 1].
   */
  record Embedding(int vocabulary, int size) implements Layer {
    public Embedding {
      require(vocabulary >= 1 && size >= 1, "sizes start at 1");
    }

    @Override
    public Shape output(List<Shape> inputs) {
      Shape in = single(inputs);
      require(in.channels() == 1 && in.width() == 1, "an embedding reads 1xTx1 tokens, not " + in);
      return new Shape(size, in.height(), 1);
    }
  }

  /**
   * A recurrent layer over the height, from the first step to the last, starting from zeros: [C, T,
   * 1] to [units, T, 1], or to [units, 1, 1] where only the last state comes out.
   *
   * @param everyStep whether all steps' states come out, as another recurrent layer needs them
   */
  record Recurrent(Cell cell, int units, boolean everyStep) implements Layer {
    public Recurrent {
      require(units >= 1, "sizes start at 1");
    }

    @Override
    public Shape output(List<Shape> inputs) {
      Shape in = single(inputs);
      require(in.width() == 1, "a recurrent layer reads a sequence CxTx1, not " + in);
      return new Shape(units, everyStep ? in.height() : 1, 1);
    }
  }

  /** Sum of maps of one shape. */
  record Add() implements Layer {
    @Override
    public Shape output(List<Shape> inputs) {
      require(inputs.size() >= 2, "a sum has at least two terms");
      for (Shape shape : inputs) {
        require(shape.equals(inputs.get(0)), "cannot add " + inputs.get(0) + " and " + shape);
      }
      return inputs.get(0);
    }
  }

  /** Maps of one height and width, joined along the channels in the order of the inputs. */
  record Concat() implements Layer {
    @Override
    public Shape output(List<Shape> inputs) {
      require(inputs.size() >= 2, "a concatenation has at least two parts");
      int channels = 0;
      for (Shape shape : inputs) {
        require(
            shape.height() == inputs.get(0).height() && shape.width() == inputs.get(0).width(),
            "cannot join " + inputs.get(0) + " and " + shape);
        channels += shape.channels();
      }
      return new Shape(channels, inputs.get(0).height(), inputs.get(0).width());
    }
  }

  /** A map times one factor per channel: [C, H, W] and [C, 1, 1] to [C, H, W]. */
  record Scale() implements Layer {
    @Override
    public Shape output(List<Shape> inputs) {
      require(inputs.size() == 2, "reads a map and its factors, got " + inputs.size());
      Shape map = inputs.get(0);
      Shape factors = inputs.get(1);
      require(
          factors.equals(new Shape(map.channels(), 1, 1)),
          "cannot scale " + map + " by " + factors);
      return map;
    }
  }

  /**
   * A map brought to a size by bilinear interpolation, pixels being squares with a centre.
   *
   * <p>Output i is centred at c = (i + 1/2) * input / output and is the mean of the inputs j, each
   * weighed by max(0, 1 - |j + 1/2 - c| / s), with s = max(1, input / output): where the map
   * shrinks the triangle widens, so that no pixel is passed over. Rows and columns apart.
   */
  record Resize(int height, int width) implements Layer {
    public Resize {
      require(height >= 1 && width >= 1, "sizes start at 1");
    }

    @Override
    public Shape output(List<Shape> inputs) {
      return new Shape(single(inputs).channels(), height, width);
    }
  }

  /** Zeros of one shape, whatever it reads: what stands for a branch without input. */
  record Zero(Shape shape) implements Layer {
    @Override
    public Shape output(List<Shape> inputs) {
      single(inputs);
      return shape;
    }
  }

  /**
   * Lets its inputs through as the network's {@link Supernet} is told to: one of them, or a
   * weighted sum. Input i is the candidate for option {@code options.get(i)} of the row; an option
   * without a candidate lets nothing through.
   *
   * @param row of the supernet, whose choice this follows; several nodes may follow one row
   * @param options one for each input, all different
   */
  record Choice(int row, List<Integer> options) implements Layer {
    public Choice {
      options = List.copyOf(options);
      require(row >= 0, "rows start at 0");
      require(options.stream().distinct().count() == options.size(), "one candidate an option");
    }

    @Override
    public Shape output(List<Shape> inputs) {
      require(!inputs.isEmpty() && inputs.size() == options.size(), "one input for each option");
      for (Shape shape : inputs) {
        require(shape.equals(inputs.get(0)), "cannot choose " + inputs.get(0) + " or " + shape);
      }
      return inputs.get(0);
    }
  }

  /** What it reads, and zeros of that shape where nothing is let through to it. */
  record Present() implements Layer {
    @Override
    public Shape output(List<Shape> inputs) {
      return single(inputs);
    }
  }

  /** Batch normalisation per channel without scale and shift; epsilon 1e-5, momentum 0.1. */
  record Standardize() implements Layer {
    @Override
    public Shape output(List<Shape> inputs) {
      return single(inputs);
    }
  }

  /**
   * Some neighbouring channels of a map.
   *
   * @param from the first
   * @param to after the last
   */
  record Channels(int from, int to) implements Layer {
    public Channels {
      require(from >= 0 && to > from, "no channels from " + from + " to " + to);
    }

    @Override
    public Shape output(List<Shape> inputs) {
      Shape in = single(inputs);
      require(to <= in.channels(), "no channels up to " + to + " in " + in);
      return new Shape(to - from, in.height(), in.width());
    }
  }

  /**
   * Channels dealt out anew: channel i of group g becomes channel i * groups + g (ShuffleNet,
   * arXiv:1707.01083, §3.1).
   */
  record Shuffle(int groups) implements Layer {
    public Shuffle {
      require(groups >= 1, "sizes start at 1");
    }

    @Override
    public Shape output(List<Shape> inputs) {
      require(single(inputs).channels() % groups == 0, "groups divide the input's channels");
      return single(inputs);
    }
  }

  private static void checkPool(int kernel, int stride) {
    require(kernel >= 1 && stride >= 1, "sizes start at 1");
    require(kernel % 2 == 1 || kernel == stride, "an even pooling kernel equals its stride");
  }

  private static Shape single(List<Shape> inputs) {
    require(inputs.size() == 1, "reads one input, got " + inputs.size());
    return inputs.get(0);
  }

  private static Shape strided(Shape in, int channels, int stride) {
    return new Shape(
        channels, (in.height() + stride - 1) / stride, (in.width() + stride - 1) / stride);
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
