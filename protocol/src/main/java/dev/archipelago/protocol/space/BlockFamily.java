package dev.archipelago.protocol.space;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a stage of {@link StagedSpace} repeats. */
public enum BlockFamily {
  /** Convolution, batch norm, ReLU. */
  PLAIN("plain", true, false, false),
  /** {@link Blocks#basic}. */
  RESNET_BASIC("resnet_basic", true, false, true),
  /** {@link Blocks#bottleneck} with a quarter of the width between. */
  RESNET_BOTTLENECK("resnet_bottleneck", false, false, true),
  /** {@link Blocks#inverted} with Swish, as in EfficientNet (arXiv:1905.11946, §4). */
  MBCONV("mbconv", true, true, true);

  private final String label;
  private final boolean takesKernel;
  private final boolean takesExpansion;
  private final boolean takesExcitation;

  BlockFamily(String label, boolean takesKernel, boolean takesExpansion, boolean takesExcitation) {
    this.label = label;
    this.takesKernel = takesKernel;
    this.takesExpansion = takesExpansion;
    this.takesExcitation = takesExcitation;
  }

  /** The name in the literature and in specs. */
  public String label() {
    return label;
  }

  public static Optional<BlockFamily> labelled(String label) {
    return Arrays.stream(values()).filter(family -> family.label.equals(label)).findFirst();
  }

  public static List<String> labels() {
    return Arrays.stream(values()).map(BlockFamily::label).toList();
  }

  boolean takesKernel() {
    return takesKernel;
  }

  boolean takesExpansion() {
    return takesExpansion;
  }

  boolean takesExcitation() {
    return takesExcitation;
  }

  /**
   * What one stage's blocks have in common.
   *
   * @param kernel side of the square kernel
   * @param expansion channels in the middle of an mbconv over those of its input
   * @param squeeze channels of a map over those that its excitation squeezes them to; 0 for none
   */
  record Form(int kernel, int expansion, int squeeze, int width) {}

  int build(PlanBuilder plan, String place, int input, Form form, int stride) {
    int width = form.width();
    int kernel = form.kernel();
    return switch (this) {
      case PLAIN ->
          Blocks.activated(
              plan, place, input, Layer.Conv.of(width, kernel, kernel, stride), new Layer.Relu());
      case RESNET_BASIC ->
          Blocks.basic(
              plan, place, input, width, kernel, stride, excitation(form, width, new Layer.Relu()));
      case RESNET_BOTTLENECK ->
          Blocks.bottleneck(
              plan,
              place,
              input,
              Math.max(1, width / 4),
              width,
              stride,
              excitation(form, width, new Layer.Relu()));
      case MBCONV -> {
        int channels = plan.shape(input).channels();
        yield Blocks.inverted(
            plan,
            place,
            input,
            channels * form.expansion(),
            width,
            kernel,
            stride,
            new Layer.Swish(),
            excitation(form, channels, new Layer.Swish()));
      }
    };
  }

  private static Optional<Blocks.Excitation> excitation(Form form, int channels, Layer activation) {
    if (form.squeeze() == 0) {
      return Optional.empty();
    }
    int squeezed = Math.max(1, channels / form.squeeze());
    return Optional.of(new Blocks.Excitation(squeezed, activation, new Layer.Sigmoid()));
  }
}
