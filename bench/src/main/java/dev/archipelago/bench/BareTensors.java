package dev.archipelago.bench;

import dev.archipelago.protocol.random.SplitMix64;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * The few calls that a net written by hand is made of. Parameters are in the order in which they
 * were made; buffers are not among them.
 *
 * <p>Maps are [N, C, H, W], channels last in memory.
 */
final class BareTensors {
  private static final TensorOptional NONE = new TensorOptional();

  private final Device device;
  private final List<Tensor> parameters = new ArrayList<>();
  private final SplitMix64 random = new SplitMix64(1);

  /** On the CPU. */
  BareTensors() {
    this("cpu");
  }

  /**
   * @param device {@code cpu} or {@code cuda:0}
   */
  BareTensors(String device) {
    this.device = new Device(device);
  }

  /** The same values on the nets' device. */
  Tensor there(Tensor tensor) {
    return tensor.to(device, tensor.scalar_type());
  }

  List<Tensor> parameters() {
    return parameters;
  }

  TensorVector vector() {
    return new TensorVector(parameters.toArray(new Tensor[0]));
  }

  Tensor parameter(long... sizes) {
    long count = 1;
    for (long size : sizes) {
      count *= size;
    }
    float[] values = new float[Math.toIntExact(count)];
    for (int i = 0; i < values.length; i++) {
      values[i] = sizes.length == 1 ? 0 : (float) (random.nextDouble() - 0.5) / 4;
    }
    Tensor tensor = torch.from_blob(new FloatPointer(values), sizes).clone();
    Tensor laidOut = sizes.length == 4 ? channelsLast(tensor) : tensor;
    parameters.add(there(laidOut).set_requires_grad(true));
    return parameters.get(parameters.size() - 1);
  }

  /**
   * A copy; its strides say channels last even for one channel, where libtorch sees no difference.
   */
  static Tensor channelsLast(Tensor x) {
    long[] sizes = x.sizes().vec().get();
    long[] strides = {sizes[1] * sizes[2] * sizes[3], 1, sizes[3] * sizes[1], sizes[1]};
    return torch.empty_strided(sizes, strides).copy_(x);
  }

  /** A convolution without bias that keeps the size up to its stride. */
  final class Conv {
    private final Tensor weight; // [O, I / groups, K, K]
    private final long[] stride;
    private final long[] padding;
    private final long[] dilation;
    private final long groups;

    Conv(long in, long out, long kernel, long stride, long dilation, long groups) {
      this.weight = parameter(out, in / groups, kernel, kernel);
      this.stride = new long[] {stride, stride};
      this.padding = new long[] {dilation * (kernel - 1) / 2, dilation * (kernel - 1) / 2};
      this.dilation = new long[] {dilation, dilation};
      this.groups = groups;
    }

    Tensor forward(Tensor x) {
      return torch.conv2d(x, weight, NONE, stride, padding, dilation, groups);
    }
  }

  /** Batch norm in training. */
  final class Norm {
    private final TensorOptional scale;
    private final TensorOptional shift;
    private final TensorOptional mean;
    private final TensorOptional variance;

    Norm(long channels) {
      this.scale = new TensorOptional(parameter(channels));
      this.shift = new TensorOptional(parameter(channels));
      this.mean = new TensorOptional(there(torch.zeros(channels)));
      this.variance = new TensorOptional(there(torch.ones(channels)));
    }

    Tensor forward(Tensor x) {
      return torch.batch_norm(x, scale, shift, mean, variance, true, 0.1, 1e-5, true);
    }
  }

  /** Batch norm in training, without scale and shift. */
  static final class Standardized {
    private final TensorOptional mean;
    private final TensorOptional variance;

    Standardized(long channels) {
      this.mean = new TensorOptional(torch.zeros(channels));
      this.variance = new TensorOptional(torch.ones(channels));
    }

    Tensor forward(Tensor x) {
      return torch.batch_norm(x, NONE, NONE, mean, variance, true, 0.1, 1e-5, true);
    }
  }

  /** Global average pooling and a dense layer. */
  final class Head {
    private final Tensor weight; // [classes, in]
    private final TensorOptional bias;

    Head(long in, long classes) {
      this.weight = parameter(classes, in);
      this.bias = new TensorOptional(parameter(classes));
    }

    Tensor forward(Tensor x) {
      return torch.linear(x.mean(2, 3), weight, bias);
    }
  }
}
