package dev.archipelago.bench;

import java.util.List;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * The benchmark's nets, written by hand on libtorch: what the product has to keep up with.
 *
 * @param forward images [N, C, H, W] to logits [N, classes]
 */
record BareNet(BareTensors tensors, UnaryOperator<Tensor> forward) {

  private static final long[] THREE = {3, 3};
  private static final long[] TWO = {2, 2};
  private static final long[] ONE = {1, 1};
  private static final long[] ZERO = {0, 0};

  /** Three times convolution, batch norm, ReLU, with pooling between: 16, 32, 64 filters. */
  static BareNet plain(int channels, int classes, String device) {
    BareTensors t = new BareTensors(device);
    BareTensors.Conv conv1 = t.new Conv(channels, 16, 3, 1, 1, 1);
    BareTensors.Norm norm1 = t.new Norm(16);
    BareTensors.Conv conv2 = t.new Conv(16, 32, 3, 1, 1, 1);
    BareTensors.Norm norm2 = t.new Norm(32);
    BareTensors.Conv conv3 = t.new Conv(32, 64, 3, 1, 1, 1);
    BareTensors.Norm norm3 = t.new Norm(64);
    BareTensors.Head head = t.new Head(64, classes);
    return new BareNet(
        t,
        x -> {
          Tensor a = halve(rectified(norm1.forward(conv1.forward(x))));
          Tensor b = halve(rectified(norm2.forward(conv2.forward(a))));
          return head.forward(rectified(norm3.forward(conv3.forward(b))));
        });
  }

  /**
   * A stem of 16 filters, a normal cell, a reduction cell to 32, a normal cell. In each, node 0 is
   * a separable 3x3 of the cell before last plus a dilated 3x3 of the last; node 1 is a 3x3
   * max-pooling of the last plus node 0.
   */
  static BareNet cell(int channels, int classes, String device) {
    BareTensors t = new BareTensors(device);
    BareTensors.Conv stem = t.new Conv(channels, 16, 3, 1, 1, 1);
    BareTensors.Norm norm = t.new Norm(16);
    Cell first = new Cell(t, 16, 16, 16, 1, 1);
    Cell reduction = new Cell(t, 16, 32, 32, 1, 2);
    Cell last = new Cell(t, 32, 64, 32, 2, 1);
    BareTensors.Head head = t.new Head(64, classes);
    return new BareNet(
        t,
        x -> {
          Tensor a = norm.forward(stem.forward(x));
          Tensor b = first.forward(a, a);
          Tensor c = reduction.forward(a, b);
          Tensor d = last.forward(b, c);
          return head.forward(torch.relu_(d));
        });
  }

  private static final class Cell {
    private final UnaryOperator<Tensor> previous;
    private final UnaryOperator<Tensor> last;
    private final UnaryOperator<Tensor> separable;
    private final UnaryOperator<Tensor> dilated;
    private final long[] stride;

    Cell(BareTensors t, int before, int in, int channels, int adaptStride, int stride) {
      this.previous = reluConvNorm(t, before, channels, adaptStride);
      this.last = reluConvNorm(t, in, channels, 1);
      UnaryOperator<Tensor> first = depthwise(t, channels, stride, 1);
      UnaryOperator<Tensor> second = depthwise(t, channels, 1, 1);
      this.separable = x -> second.apply(first.apply(x));
      this.dilated = depthwise(t, channels, stride, 2);
      this.stride = new long[] {stride, stride};
    }

    Tensor forward(Tensor cellBeforeLast, Tensor lastCell) {
      Tensor p = previous.apply(cellBeforeLast);
      Tensor l = last.apply(lastCell);
      Tensor node0 = separable.apply(p).add(dilated.apply(l));
      Tensor node1 = torch.max_pool2d(l, THREE, stride, ONE, ONE, false).add(node0);
      return torch.cat(new TensorVector(node0, node1), 1);
    }
  }

  private static UnaryOperator<Tensor> reluConvNorm(
      BareTensors t, int in, int channels, int stride) {
    BareTensors.Conv conv = t.new Conv(in, channels, 1, stride, 1, 1);
    BareTensors.Norm norm = t.new Norm(channels);
    return x -> norm.forward(conv.forward(torch.relu(x)));
  }

  private static UnaryOperator<Tensor> depthwise(
      BareTensors t, int channels, int stride, int dilation) {
    BareTensors.Conv depthwise = t.new Conv(channels, channels, 3, stride, dilation, channels);
    BareTensors.Conv pointwise = t.new Conv(channels, channels, 1, 1, 1, 1);
    BareTensors.Norm norm = t.new Norm(channels);
    return x -> norm.forward(pointwise.forward(depthwise.forward(torch.relu(x))));
  }

  /** In place: nobody else reads a batch norm's output here. */
  private static Tensor rectified(Tensor x) {
    torch.relu_(x);
    return x;
  }

  private static Tensor halve(Tensor x) {
    return torch.max_pool2d(x, TWO, TWO, ZERO, ONE, false);
  }

  List<Tensor> parameters() {
    return tensors.parameters();
  }
}
