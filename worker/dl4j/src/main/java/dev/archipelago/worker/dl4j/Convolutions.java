package dev.archipelago.worker.dl4j;

import dev.archipelago.protocol.space.Layer;
import dev.archipelago.protocol.space.Shape;
import dev.archipelago.worker.dl4j.Slot.Layout;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.SubsetVertex;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.params.ConvolutionParamInitializer;
import org.deeplearning4j.nn.params.DepthwiseConvolutionParamInitializer;
import org.nd4j.linalg.activations.Activation;

/** A plan's convolutions in the library's, which has no groups, and some only slowly. */
final class Convolutions {
  private final Drawing drawing;
  private final Pools pools;
  private final boolean apart;

  /**
   * @param apart whether dilated depthwise convolutions are taken apart, for speed
   */
  Convolutions(Drawing drawing, Pools pools, boolean apart) {
    this.drawing = drawing;
    this.pools = pools;
    this.apart = apart;
  }

  Value convolution(String name, Layer.Conv conv, Value read, Shape from) {
    boolean depthwise = conv.groups() == from.channels();
    boolean grouped = conv.groups() > 1 && !depthwise;
    int stride = conv.stride();
    int dilation = conv.dilation();
    boolean point = conv.kernelHeight() == 1 && conv.kernelWidth() == 1;
    if (stride > 1 && (point || dilation == stride)) {
      // All positions that it reads are multiples of its stride.
      Value sampled = pools.sampled(name + ":sampled", read, stride);
      Shape fewer =
          new Shape(from.channels(), sampled(from.height(), stride), sampled(from.width(), stride));
      return convolution(name, with(conv, 1, 1), sampled, fewer);
    }
    if (point && dilation > 1) {
      return convolution(name, with(conv, stride, 1), read, from);
    }
    if (depthwise && conv.groups() > 1) {
      return depthwise(name, conv, read, from);
    }
    if (!grouped) {
      return plain(name, name, conv, from.channels(), conv.filters(), read);
    }
    int in = from.channels() / conv.groups();
    int out = conv.filters() / conv.groups();
    Value[] parts = new Value[conv.groups()];
    for (int g = 0; g < conv.groups(); g++) {
      String part = name + ":group_" + g;
      Value window =
          drawing.vertex(part + ":in", new SubsetVertex(g * in, (g + 1) * in - 1), false, read);
      parts[g] = plain(part, name, conv, in, out, window);
    }
    if (conv.bias()) {
      drawing.gatherParts(); // all of the weight, then all of the bias
    }
    return drawing.vertex(name, new MergeVertex(), false, parts);
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

  private Value plain(String vertex, String name, Layer.Conv conv, int in, int out, Value read) {
    drawing.trained(
        name,
        vertex,
        ConvolutionParamInitializer.WEIGHT_KEY,
        Layout.KERNEL,
        conv.bias(),
        ConvolutionParamInitializer.BIAS_KEY);
    return drawing.layer(
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
        read);
  }

  /** oneDNN has no dilated depthwise convolution, and ND4J's own takes seconds. */
  private Value depthwise(String name, Layer.Conv conv, Value read, Shape from) {
    boolean dilated = apart && conv.dilation() > 1;
    String vertex = dilated ? name + ":phases" : name;
    Layer.Conv shape = dilated ? with(conv, 1, 1) : conv;
    Value in = dilated ? phases(name + ":apart", Phases.Way.APART, conv, from, read) : read;
    drawing.trained(
        name,
        vertex,
        DepthwiseConvolutionParamInitializer.WEIGHT_KEY,
        Layout.DEPTHWISE,
        conv.bias(),
        DepthwiseConvolutionParamInitializer.BIAS_KEY);
    Value out =
        drawing.layer(
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
            in);
    if (!dilated) {
      return out;
    }
    boolean sampled = conv.stride() > 1;
    String whole = sampled ? name + ":together" : name;
    Value together = phases(whole, Phases.Way.TOGETHER, conv, from, out);
    return sampled ? pools.sampled(name, together, conv.stride()) : together;
  }

  private Value phases(String name, Phases.Way way, Layer.Conv conv, Shape from, Value read) {
    return drawing.vertex(
        name, new Phases(way, conv.dilation(), from.height(), from.width()), false, read);
  }

  private static int padding(int kernel, Layer.Conv conv) {
    return conv.dilation() * (kernel - 1) / 2;
  }

  /** So many of a row are read. */
  private static int sampled(int size, int stride) {
    return (size + stride - 1) / stride;
  }
}
