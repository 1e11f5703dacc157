package dev.archipelago.bench;

import dev.archipelago.protocol.space.Ragged;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The supernet of DARTS by hand: a stem, a normal cell, a reduction cell, a normal cell, each with
 * four nodes that read all that is before them, and on every edge the sum of seven operations,
 * weighed by softmax(alpha).
 */
final class BareSupernet {
  private static final int NODES = 4;
  private static final int EDGES = 14;
  private static final int OPERATIONS = 7; // and none, which comes last
  private static final long[] THREE = {3, 3};
  private static final long[] ONE = {1, 1};

  private BareSupernet() {}

  static BareNet of(int channels, int filters, int classes, Ragged alphas) {
    BareTensors t = new BareTensors();
    Tensor[][] weights = weights(alphas);
    BareTensors.Conv stem = t.new Conv(channels, filters, 3, 1, 1, 1);
    BareTensors.Standardized norm = new BareTensors.Standardized(filters);
    int wide = NODES * filters;
    Cell first = new Cell(t, filters, filters, filters, false, false, weights);
    Cell reduction = new Cell(t, filters, wide, 2 * filters, false, true, weights);
    Cell last = new Cell(t, wide, 2 * wide, 2 * filters, true, false, weights);
    BareTensors.Head head = t.new Head(2L * wide, classes);
    return new BareNet(
        t,
        x -> {
          Tensor a = norm.forward(stem.forward(x));
          Tensor b = first.forward(a, a);
          Tensor c = reduction.forward(a, b);
          Tensor d = last.forward(b, c);
          return head.forward(torch.relu(d));
        });
  }

  /** softmax, as scalars: one for each operation of each edge of both kinds of cells. */
  private static Tensor[][] weights(Ragged alphas) {
    Tensor[][] weights = new Tensor[alphas.size()][];
    for (int row = 0; row < weights.length; row++) {
      double[] values = alphas.row(row).stream().mapToDouble(Double::doubleValue).toArray();
      Tensor softmax =
          torch
              .from_blob(
                  new DoublePointer(values),
                  new long[] {values.length},
                  new TensorOptions(ScalarType.Double))
              .to(ScalarType.Float)
              .softmax(0);
      weights[row] = new Tensor[OPERATIONS];
      for (int i = 0; i < OPERATIONS; i++) {
        weights[row][i] = softmax.select(0, i);
      }
    }
    return weights;
  }

  private static final class Cell {
    private final UnaryOperator<Tensor> previous;
    private final UnaryOperator<Tensor> last;
    private final List<UnaryOperator<Tensor>> edges = new ArrayList<>();

    /**
     * @param halved whether the cell before the last has maps of twice the size
     */
    Cell(
        BareTensors t,
        int before,
        int in,
        int channels,
        boolean halved,
        boolean reduces,
        Tensor[][] weights) {
      this.previous = reluConvNorm(t, before, channels, halved ? 2 : 1);
      this.last = reluConvNorm(t, in, channels, 1);
      for (int node = 0; node < NODES; node++) {
        for (int source = 0; source < 2 + node; source++) {
          int stride = reduces && source < 2 ? 2 : 1;
          edges.add(mixed(t, channels, stride, weights[(reduces ? EDGES : 0) + edges.size()]));
        }
      }
    }

    Tensor forward(Tensor cellBeforeLast, Tensor lastCell) {
      List<Tensor> values = new ArrayList<>();
      values.add(previous.apply(cellBeforeLast));
      values.add(last.apply(lastCell));
      int edge = 0;
      for (int node = 0; node < NODES; node++) {
        Tensor sum = edges.get(edge++).apply(values.get(0));
        for (int source = 1; source < 2 + node; source++) {
          sum = sum.add(edges.get(edge++).apply(values.get(source)));
        }
        values.add(sum);
      }
      return torch.cat(new TensorVector(values.subList(2, 6).toArray(new Tensor[0])), 1);
    }
  }

  private static UnaryOperator<Tensor> mixed(
      BareTensors t, int channels, int stride, Tensor[] weights) {
    List<UnaryOperator<Tensor>> operations = new ArrayList<>();
    long[] step = {stride, stride};
    operations.add(stride == 1 ? x -> x : reluConvNorm(t, channels, channels, stride));
    BareTensors.Standardized max = new BareTensors.Standardized(channels);
    operations.add(x -> max.forward(torch.max_pool2d(x, THREE, step, ONE, ONE, false)));
    BareTensors.Standardized average = new BareTensors.Standardized(channels);
    LongOptional divisor = new LongOptional();
    operations.add(
        x -> average.forward(torch.avg_pool2d(x, THREE, step, ONE, false, false, divisor)));
    for (int kernel : new int[] {3, 5}) {
      UnaryOperator<Tensor> first = depthwise(t, channels, kernel, stride, 1);
      UnaryOperator<Tensor> second = depthwise(t, channels, kernel, 1, 1);
      operations.add(x -> second.apply(first.apply(x)));
    }
    operations.add(depthwise(t, channels, 3, stride, 2));
    operations.add(depthwise(t, channels, 5, stride, 2));
    return x -> {
      Tensor sum = operations.get(0).apply(x).mul(weights[0]);
      for (int i = 1; i < OPERATIONS; i++) {
        sum = sum.add(operations.get(i).apply(x).mul(weights[i]));
      }
      return sum;
    };
  }

  private static UnaryOperator<Tensor> reluConvNorm(
      BareTensors t, int in, int channels, int stride) {
    BareTensors.Conv conv = t.new Conv(in, channels, 1, stride, 1, 1);
    BareTensors.Standardized norm = new BareTensors.Standardized(channels);
    return x -> norm.forward(conv.forward(torch.relu(x)));
  }

  private static UnaryOperator<Tensor> depthwise(
      BareTensors t, int channels, int kernel, int stride, int dilation) {
    BareTensors.Conv depthwise = t.new Conv(channels, channels, kernel, stride, dilation, channels);
    BareTensors.Conv pointwise = t.new Conv(channels, channels, 1, 1, 1, 1);
    BareTensors.Standardized norm = new BareTensors.Standardized(channels);
    return x -> norm.forward(pointwise.forward(depthwise.forward(torch.relu(x))));
  }
}
