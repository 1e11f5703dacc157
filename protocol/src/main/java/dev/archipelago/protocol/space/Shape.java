package dev.archipelago.protocol.space;

/** The shape of one example's feature map: [C, H, W]. A vector is [C, 1, 1]. */
public record Shape(int channels, int height, int width) {
  public Shape {
    if (channels < 1 || height < 1 || width < 1) {
      throw new IllegalArgumentException(
          "a shape needs positive sizes, got " + channels + "x" + height + "x" + width);
    }
  }

  public long elements() {
    return (long) channels * height * width;
  }

  @Override
  public String toString() {
    return channels + "x" + height + "x" + width;
  }
}
