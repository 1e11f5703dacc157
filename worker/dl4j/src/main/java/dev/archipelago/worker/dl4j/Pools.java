package dev.archipelago.worker.dl4j;

import dev.archipelago.protocol.space.Layer;
import dev.archipelago.protocol.space.Shape;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;

/** A plan's pools in the library's, which see nothing beyond a map's end. */
final class Pools {
  private final Drawing drawing;

  Pools(Drawing drawing) {
    this.drawing = drawing;
  }

  /** Every stride-th row and column. */
  Value sampled(String name, Value read, int stride) {
    return pool(name, SubsamplingLayer.PoolingType.MAX, 1, stride, read);
  }

  Value maxima(String name, Layer.MaxPool pool, Value read, Shape from, Shape to) {
    Value in = read;
    if (hangsOver(pool.kernel(), from, to)) {
      Separable longer =
          new Separable(
              Separable.Kind.LAST_AGAIN,
              from.height(),
              from.width(),
              to.height() * pool.stride(),
              to.width() * pool.stride(),
              0);
      in = drawing.own(name + ":longer", "has even pools that hang over the end", longer, read);
    }
    return pool(name, SubsamplingLayer.PoolingType.MAX, pool.kernel(), pool.stride(), in);
  }

  Value means(String name, Layer.AvgPool pool, Value read, Shape from, Shape to) {
    if (!hangsOver(pool.kernel(), from, to)) {
      return pool(name, SubsamplingLayer.PoolingType.AVG, pool.kernel(), pool.stride(), read);
    }
    Separable means =
        new Separable(
            Separable.Kind.WINDOW_MEANS,
            from.height(),
            from.width(),
            to.height(),
            to.width(),
            pool.kernel());
    return drawing.own(name, "has even pools that hang over the end", means, read);
  }

  private static boolean hangsOver(int kernel, Shape from, Shape to) {
    return kernel % 2 == 0
        && (to.height() * kernel != from.height() || to.width() * kernel != from.width());
  }

  private Value pool(
      String name, SubsamplingLayer.PoolingType type, int kernel, int stride, Value read) {
    int padding = kernel % 2 == 1 ? (kernel - 1) / 2 : 0;
    return drawing.layer(
        name,
        new SubsamplingLayer.Builder(type, new int[] {kernel, kernel}, new int[] {stride, stride})
            .padding(padding, padding)
            .convolutionMode(ConvolutionMode.Truncate)
            .build(),
        read);
  }
}
