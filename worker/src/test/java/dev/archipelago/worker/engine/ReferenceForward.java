package dev.archipelago.worker.engine;

import dev.archipelago.protocol.space.Layer;
import dev.archipelago.protocol.space.NetworkPlan;
import dev.archipelago.protocol.space.NetworkPlan.Node;
import dev.archipelago.protocol.space.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * What a plan computes, written out in plain loops in double precision: the oracle for engines. One
 * example, running batch-norm statistics.
 */
public final class ReferenceForward {
  private final NetworkPlan plan;
  private final List<Shape> shapes;
  private final Map<String, float[]> weights;

  public ReferenceForward(NetworkPlan plan, Map<String, float[]> weights) {
    this.plan = plan;
    this.shapes = plan.shapes();
    this.weights = weights;
  }

  /**
   * The logits of one image.
   *
   * @param image [C, H, W]
   */
  public double[] logits(double[] image) {
    List<double[]> values = new ArrayList<>();
    for (int i = 0; i < plan.nodes().size(); i++) {
      Node node = plan.nodes().get(i);
      List<double[]> in = node.inputs().stream().map(values::get).toList();
      List<Shape> from = node.inputs().stream().map(shapes::get).toList();
      values.add(i == 0 ? image : apply(node, in, from, shapes.get(i)));
    }
    return values.get(values.size() - 1);
  }

  private double[] apply(Node node, List<double[]> in, List<Shape> from, Shape to) {
    Layer layer = node.layer();
    double[] x = in.get(0);
    Shape shape = from.get(0);
    if (layer instanceof Layer.Conv conv) {
      return convolve(node.name(), conv, x, shape, to);
    } else if (layer instanceof Layer.BatchNorm) {
      return normalise(node.name(), x, shape);
    } else if (layer instanceof Layer.Relu) {
      return map(x.length, i -> Math.max(x[i], 0));
    } else if (layer instanceof Layer.Sigmoid) {
      return map(x.length, i -> sigmoid(x[i]));
    } else if (layer instanceof Layer.Tanh) {
      return map(x.length, i -> Math.tanh(x[i]));
    } else if (layer instanceof Layer.Flatten) {
      return x;
    } else if (layer instanceof Layer.Embedding embedding) {
      float[] weight = weight(node.name() + ".weight"); // [V, S]
      return map(
          embedding.size() * x.length,
          i -> weight[((int) x[i % x.length]) * embedding.size() + i / x.length]);
    } else if (layer instanceof Layer.Recurrent recurrent) {
      return recur(node.name(), recurrent, x, shape);
    } else if (layer instanceof Layer.MaxPool pool) {
      return pool(x, shape, to, pool.kernel(), pool.stride(), true);
    } else if (layer instanceof Layer.AvgPool pool) {
      return pool(x, shape, to, pool.kernel(), pool.stride(), false);
    } else if (layer instanceof Layer.GlobalAvgPool) {
      int area = shape.height() * shape.width();
      return map(shape.channels(), c -> sum(x, c * area, area) / area);
    } else if (layer instanceof Layer.Linear linear) {
      float[] weight = weight(node.name() + ".weight"); // [O, I]
      float[] bias = weight(node.name() + ".bias");
      return map(linear.outputs(), o -> bias[o] + dot(weight, o * x.length, x));
    } else if (layer instanceof Layer.Add) {
      return map(x.length, i -> in.stream().mapToDouble(term -> term[i]).sum());
    } else if (layer instanceof Layer.Concat) {
      return in.stream().flatMapToDouble(Arrays::stream).toArray();
    } else if (layer instanceof Layer.Relu6) {
      return map(x.length, i -> Math.min(Math.max(x[i], 0), 6));
    } else if (layer instanceof Layer.Sigmoid) {
      return map(x.length, i -> 1 / (1 + Math.exp(-x[i])));
    } else if (layer instanceof Layer.HardSigmoid) {
      return map(x.length, i -> hardSigmoid(x[i]));
    } else if (layer instanceof Layer.Swish) {
      return map(x.length, i -> x[i] / (1 + Math.exp(-x[i])));
    } else if (layer instanceof Layer.HardSwish) {
      return map(x.length, i -> x[i] * hardSigmoid(x[i]));
    } else if (layer instanceof Layer.Scale) {
      int area = shape.height() * shape.width();
      return map(x.length, i -> x[i] * in.get(1)[i / area]);
    } else if (layer instanceof Layer.Resize) {
      return resize(x, shape, to);
    } else if (layer instanceof Layer.Zero) {
      return new double[(int) to.elements()];
    } else if (layer instanceof Layer.Standardize) {
      return standardise(node.name(), x, shape);
    } else if (layer instanceof Layer.Channels channels) {
      int area = shape.height() * shape.width();
      return map((int) to.elements(), i -> x[channels.from() * area + i]);
    } else if (layer instanceof Layer.Shuffle shuffle) {
      return deal(x, shape, shuffle.groups());
    }
    throw new AssertionError("no reference for " + layer);
  }

  private double[] convolve(String name, Layer.Conv conv, double[] x, Shape in, Shape out) {
    float[] weight = weight(name + ".weight"); // [O, I / groups, H, W]
    int inGroup = in.channels() / conv.groups();
    int outGroup = out.channels() / conv.groups();
    int top = conv.dilation() * (conv.kernelHeight() - 1) / 2;
    int left = conv.dilation() * (conv.kernelWidth() - 1) / 2;
    double[] y = new double[(int) out.elements()];
    for (int o = 0; o < out.channels(); o++) {
      double bias = conv.bias() ? weight(name + ".bias")[o] : 0;
      for (int row = 0; row < out.height(); row++) {
        for (int column = 0; column < out.width(); column++) {
          double sum = bias;
          for (int i = 0; i < inGroup; i++) {
            int channel = o / outGroup * inGroup + i;
            for (int kh = 0; kh < conv.kernelHeight(); kh++) {
              for (int kw = 0; kw < conv.kernelWidth(); kw++) {
                int h = row * conv.stride() - top + kh * conv.dilation();
                int w = column * conv.stride() - left + kw * conv.dilation();
                if (h >= 0 && h < in.height() && w >= 0 && w < in.width()) {
                  int at = ((o * inGroup + i) * conv.kernelHeight() + kh) * conv.kernelWidth() + kw;
                  sum += weight[at] * x[(channel * in.height() + h) * in.width() + w];
                }
              }
            }
          }
          y[(o * out.height() + row) * out.width() + column] = sum;
        }
      }
    }
    return y;
  }

  /** [C, T] to [H, T], or to the last state [H]. */
  private double[] recur(String name, Layer.Recurrent layer, double[] x, Shape in) {
    int steps = in.height();
    int units = layer.units();
    double[] state = new double[units];
    double[] memory = new double[units]; // an LSTM's c
    double[] states = new double[units * steps];
    for (int t = 0; t < steps; t++) {
      int now = t;
      double[] read = map(in.channels(), c -> x[c * steps + now]);
      double[] fromInput = affine(name + ".weight_ih", name + ".bias_ih", read);
      double[] fromState = affine(name + ".weight_hh", name + ".bias_hh", state);
      state =
          switch (layer.cell()) {
            case RNN -> map(units, h -> Math.tanh(fromInput[h] + fromState[h]));
            case GRU -> gru(fromInput, fromState, state);
            case LSTM -> lstm(fromInput, fromState, memory);
          };
      for (int h = 0; h < units; h++) {
        states[h * steps + t] = state[h];
      }
    }
    return layer.everyStep() ? states : state;
  }

  private static double[] gru(double[] fromInput, double[] fromState, double[] state) {
    int units = state.length;
    return map(
        units,
        h -> {
          double reset = sigmoid(fromInput[h] + fromState[h]);
          double update = sigmoid(fromInput[units + h] + fromState[units + h]);
          double fresh = Math.tanh(fromInput[2 * units + h] + reset * fromState[2 * units + h]);
          return (1 - update) * fresh + update * state[h];
        });
  }

  /** Changes the memory, too. */
  private static double[] lstm(double[] fromInput, double[] fromState, double[] memory) {
    int units = memory.length;
    double[] sums = map(4 * units, i -> fromInput[i] + fromState[i]);
    return map(
        units,
        h -> {
          double fresh = sigmoid(sums[h]) * Math.tanh(sums[2 * units + h]);
          memory[h] = sigmoid(sums[units + h]) * memory[h] + fresh;
          return sigmoid(sums[3 * units + h]) * Math.tanh(memory[h]);
        });
  }

  private double[] affine(String weightName, String biasName, double[] x) {
    float[] weight = weight(weightName);
    float[] bias = weight(biasName);
    return map(bias.length, o -> bias[o] + dot(weight, o * x.length, x));
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  private double[] normalise(String name, double[] x, Shape shape) {
    float[] scale = weight(name + ".weight"); // [C], as all here
    float[] shift = weight(name + ".bias");
    double[] standard = standardise(name, x, shape);
    int area = shape.height() * shape.width();
    return map(x.length, i -> standard[i] * scale[i / area] + shift[i / area]);
  }

  private double[] standardise(String name, double[] x, Shape shape) {
    float[] mean = weight(name + Initializer.RUNNING_MEAN);
    float[] variance = weight(name + Initializer.RUNNING_VARIANCE);
    int area = shape.height() * shape.width();
    return map(
        x.length,
        i -> {
          int c = i / area;
          return (x[i] - mean[c]) / Math.sqrt(variance[c] + 1e-5);
        });
  }

  private static double[] deal(double[] x, Shape shape, int groups) {
    int area = shape.height() * shape.width();
    int each = shape.channels() / groups;
    double[] dealt = new double[x.length];
    for (int g = 0; g < groups; g++) {
      for (int i = 0; i < each; i++) {
        System.arraycopy(x, (g * each + i) * area, dealt, (i * groups + g) * area, area);
      }
    }
    return dealt;
  }

  private static double[] pool(
      double[] x, Shape in, Shape out, int kernel, int stride, boolean largest) {
    int padding = kernel % 2 == 1 ? (kernel - 1) / 2 : 0;
    double[] y = new double[(int) out.elements()];
    for (int c = 0; c < out.channels(); c++) {
      for (int row = 0; row < out.height(); row++) {
        for (int column = 0; column < out.width(); column++) {
          double sum = 0;
          double max = Double.NEGATIVE_INFINITY;
          int seen = 0;
          int bottom = Math.min(row * stride - padding + kernel, in.height());
          int right = Math.min(column * stride - padding + kernel, in.width());
          for (int h = Math.max(row * stride - padding, 0); h < bottom; h++) {
            for (int w = Math.max(column * stride - padding, 0); w < right; w++) {
              double value = x[(c * in.height() + h) * in.width() + w];
              sum += value;
              max = Math.max(max, value);
              seen++;
            }
          }
          y[(c * out.height() + row) * out.width() + column] = largest ? max : sum / seen;
        }
      }
    }
    return y;
  }

  private static double hardSigmoid(double x) {
    return Math.min(Math.max(x + 3, 0), 6) / 6;
  }

  private static double[] resize(double[] x, Shape in, Shape out) {
    double[] y = new double[(int) out.elements()];
    for (int c = 0; c < out.channels(); c++) {
      for (int row = 0; row < out.height(); row++) {
        for (int column = 0; column < out.width(); column++) {
          double sum = 0;
          double total = 0;
          for (int h = 0; h < in.height(); h++) {
            for (int w = 0; w < in.width(); w++) {
              double weight =
                  triangle(row, h, in.height(), out.height())
                      * triangle(column, w, in.width(), out.width());
              sum += weight * x[(c * in.height() + h) * in.width() + w];
              total += weight;
            }
          }
          y[(c * out.height() + row) * out.width() + column] = sum / total;
        }
      }
    }
    return y;
  }

  /** How much input j of a row or column counts in output i. */
  private static double triangle(int i, int j, int inputs, int outputs) {
    double step = (double) inputs / outputs;
    double distance = j + 0.5 - (i + 0.5) * step;
    return Math.max(0, 1 - Math.abs(distance) / Math.max(1, step));
  }

  private float[] weight(String name) {
    float[] values = weights.get(name);
    if (values == null) {
      throw new AssertionError("the engine gives no weights " + name);
    }
    return values;
  }

  private static double[] map(int size, IntToDoubleFunction function) {
    return IntStream.range(0, size).mapToDouble(function).toArray();
  }

  private static double sum(double[] x, int from, int count) {
    double sum = 0;
    for (int i = from; i < from + count; i++) {
      sum += x[i];
    }
    return sum;
  }

  private static double dot(float[] row, int from, double[] x) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += row[from + i] * x[i];
    }
    return sum;
  }
}
