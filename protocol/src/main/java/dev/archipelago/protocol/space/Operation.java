package dev.archipelago.protocol.space;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A candidate operation on an edge of a cell (NASNet arXiv:1707.07012, §3; DARTS
 * arXiv:1806.09055v2, §3.1.1). All keep the number of channels; at stride 2 they halve the map.
 *
 * <p><b>Departs:</b> {@code skip_connect} at stride 2 is ReLU, 1x1 convolution of stride 2, batch
 * norm, where DARTS joins two such convolutions at shifted positions.
 */
public enum Operation {
  SKIP_CONNECT("skip_connect"),
  MAX_POOL_3X3("max_pool_3x3"),
  AVG_POOL_3X3("avg_pool_3x3"),
  CONV_1X1("conv_1x1"),
  CONV_3X3("conv_3x3"),
  SEP_CONV_3X3("sep_conv_3x3"),
  SEP_CONV_5X5("sep_conv_5x5"),
  DIL_CONV_3X3("dil_conv_3x3"),
  DIL_CONV_5X5("dil_conv_5x5");

  private final String label;

  Operation(String label) {
    this.label = label;
  }

  /** The name in the literature and in specs. */
  public String label() {
    return label;
  }

  public static Optional<Operation> labelled(String label) {
    return Arrays.stream(values()).filter(operation -> operation.label.equals(label)).findFirst();
  }

  public static List<String> labels() {
    return Arrays.stream(values()).map(Operation::label).toList();
  }

  /** Adds the operation's layers under {@code place} and gives the node of its output. */
  int build(PlanBuilder plan, String place, int input, int stride) {
    return switch (this) {
      case SKIP_CONNECT -> stride == 1 ? input : conv(plan, place, input, 1, stride);
      case MAX_POOL_3X3 -> plan.add(place + "pool", new Layer.MaxPool(3, stride), input);
      case AVG_POOL_3X3 -> plan.add(place + "pool", new Layer.AvgPool(3, stride), input);
      case CONV_1X1 -> conv(plan, place, input, 1, stride);
      case CONV_3X3 -> conv(plan, place, input, 3, stride);
      case SEP_CONV_3X3 -> separable(plan, place, input, 3, stride);
      case SEP_CONV_5X5 -> separable(plan, place, input, 5, stride);
      case DIL_CONV_3X3 -> depthwise(plan, place, input, 3, stride, 2);
      case DIL_CONV_5X5 -> depthwise(plan, place, input, 5, stride, 2);
    };
  }

  /** ReLU, convolution, batch norm: the order in cells (NASNet, appendix A.4). */
  static int conv(PlanBuilder plan, String place, int input, int kernel, int stride) {
    return conv(plan, place, input, plan.shape(input).channels(), kernel, stride);
  }

  static int conv(PlanBuilder plan, String place, int input, int filters, int kernel, int stride) {
    int relu = plan.add(place + "relu", new Layer.Relu(), input);
    int conv = plan.add(place + "conv", Layer.Conv.of(filters, kernel, kernel, stride), relu);
    return plan.add(place + "norm", new Layer.BatchNorm(), conv);
  }

  /** Depthwise separable, applied twice; the stride is the first one's. */
  private static int separable(PlanBuilder plan, String place, int input, int kernel, int stride) {
    int first = depthwise(plan, place + "first/", input, kernel, stride, 1);
    return depthwise(plan, place + "second/", first, kernel, 1, 1);
  }

  /** ReLU, depthwise convolution, pointwise convolution, batch norm. */
  private static int depthwise(
      PlanBuilder plan, String place, int input, int kernel, int stride, int dilation) {
    int channels = plan.shape(input).channels();
    int relu = plan.add(place + "relu", new Layer.Relu(), input);
    Layer.Conv perChannel =
        new Layer.Conv(channels, kernel, kernel, stride, dilation, channels, false);
    int depthwise = plan.add(place + "depthwise", perChannel, relu);
    int pointwise = plan.add(place + "pointwise", Layer.Conv.of(channels, 1, 1, 1), depthwise);
    return plan.add(place + "norm", new Layer.BatchNorm(), pointwise);
  }
}
