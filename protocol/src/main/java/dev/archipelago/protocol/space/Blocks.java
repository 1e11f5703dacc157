package dev.archipelago.protocol.space;

import java.util.Optional;

/**
 * The blocks of which published networks are stacked. Each is added under a place, {@code
 * stage_0/block_1/}, and gives the node of its output.
 */
public final class Blocks {
  private static final Layer RELU = new Layer.Relu();

  private Blocks() {}

  /**
   * Squeeze and excitation (Hu et al. 2018, arXiv:1709.01507, §3): every channel is weighed by what
   * two dense layers make of all channels' means.
   *
   * @param channels between the two
   * @param activation between the two
   * @param gate after the second, from any number to 0 to 1
   */
  public record Excitation(int channels, Layer activation, Layer gate) {
    public Excitation {
      if (channels < 1) {
        throw new IllegalArgumentException("an excitation needs a channel, got " + channels);
      }
    }

    int build(PlanBuilder plan, String place, int map) {
      int mean = plan.add(place + "pool", new Layer.GlobalAvgPool(), map);
      int squeezed = plan.add(place + "squeeze", new Layer.Linear(channels), mean);
      int active = plan.add(place + "activation", activation, squeezed);
      int excited =
          plan.add(place + "excite", new Layer.Linear(plan.shape(map).channels()), active);
      int factors = plan.add(place + "gate", gate, excited);
      return plan.add(place + "scale", new Layer.Scale(), map, factors);
    }
  }

  /** A convolution and its batch norm. */
  public static int normalised(PlanBuilder plan, String place, int input, Layer.Conv conv) {
    int map = plan.add(place + "conv", conv, input);
    return plan.add(place + "norm", new Layer.BatchNorm(), map);
  }

  /** A convolution, its batch norm, an activation. */
  public static int activated(
      PlanBuilder plan, String place, int input, Layer.Conv conv, Layer activation) {
    int norm = normalised(plan, place, input, conv);
    return plan.add(place + "activation", activation, norm);
  }

  /** Two convolutions and a shortcut (He et al. 2016, arXiv:1512.03385, Figure 5, left). */
  public static int basic(
      PlanBuilder plan,
      String place,
      int input,
      int filters,
      int kernel,
      int stride,
      Optional<Excitation> excitation) {
    Layer.Conv strided = Layer.Conv.of(filters, kernel, kernel, stride);
    int first = activated(plan, place + "first/", input, strided, RELU);
    int second =
        normalised(plan, place + "second/", first, Layer.Conv.of(filters, kernel, kernel, 1));
    return residual(plan, place, input, excited(plan, place, second, excitation), stride);
  }

  /**
   * A 3x3 convolution between two of 1x1 that narrow and widen, and a shortcut (He et al. 2016,
   * arXiv:1512.03385, Figure 5, right). The stride is the 3x3's, as in torchvision.
   *
   * @param narrow filters of the first two
   * @param filters of the third
   */
  public static int bottleneck(
      PlanBuilder plan,
      String place,
      int input,
      int narrow,
      int filters,
      int stride,
      Optional<Excitation> excitation) {
    int first = activated(plan, place + "first/", input, Layer.Conv.of(narrow, 1, 1, 1), RELU);
    Layer.Conv strided = Layer.Conv.of(narrow, 3, 3, stride);
    int second = activated(plan, place + "second/", first, strided, RELU);
    int third = normalised(plan, place + "third/", second, Layer.Conv.of(filters, 1, 1, 1));
    return residual(plan, place, input, excited(plan, place, third, excitation), stride);
  }

  /** The block's input, fitted by a 1x1 convolution where the shape changes, is added. */
  private static int residual(PlanBuilder plan, String place, int input, int map, int stride) {
    int filters = plan.shape(map).channels();
    boolean same = stride == 1 && plan.shape(input).channels() == filters;
    int shortcut =
        same
            ? input
            : normalised(plan, place + "shortcut/", input, Layer.Conv.of(filters, 1, 1, stride));
    int sum = plan.add(place + "add", new Layer.Add(), map, shortcut);
    return plan.add(place + "relu", RELU, sum);
  }

  /**
   * The inverted residual of MobileNetV2 (Sandler et al. 2018, arXiv:1801.04381, §3.3): a 1x1
   * convolution widens, a depthwise one works on each channel, a third narrows without an
   * activation; where the shape stays the input is added. With an excitation after the depthwise
   * convolution it is the block of MobileNetV3 and EfficientNet.
   *
   * @param expanded channels in the middle; where they are the input's nothing widens
   */
  public static int inverted(
      PlanBuilder plan,
      String place,
      int input,
      int expanded,
      int filters,
      int kernel,
      int stride,
      Layer activation,
      Optional<Excitation> excitation) {
    int channels = plan.shape(input).channels();
    Layer.Conv widening = Layer.Conv.of(expanded, 1, 1, 1);
    int wide =
        expanded == channels
            ? input
            : activated(plan, place + "expand/", input, widening, activation);
    Layer.Conv perChannel = new Layer.Conv(expanded, kernel, kernel, stride, 1, expanded, false);
    int deep = activated(plan, place + "depthwise/", wide, perChannel, activation);
    int weighed = excited(plan, place, deep, excitation);
    int narrow = normalised(plan, place + "project/", weighed, Layer.Conv.of(filters, 1, 1, 1));
    return stride == 1 && channels == filters
        ? plan.add(place + "add", new Layer.Add(), narrow, input)
        : narrow;
  }

  private static int excited(
      PlanBuilder plan, String place, int map, Optional<Excitation> excitation) {
    return excitation.map(some -> some.build(plan, place + "excitation/", map)).orElse(map);
  }
}
