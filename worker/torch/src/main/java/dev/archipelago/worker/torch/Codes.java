package dev.archipelago.worker.torch;

import dev.archipelago.worker.engine.LogDeterminant;
import java.util.function.Consumer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * How differently a network's ReLUs see the images of a batch: log |det K|, where K counts for
 * every two images the ReLUs that are on for both or off for both (Mellor et al. 2021,
 * arXiv:2006.04647v3, §3, Eq. 2-3).
 *
 * <p>Layer by layer as in the authors' code, K += x x' + (1 - x)(1 - x)'. <b>Checked by:</b> {@code
 * EngineContract}, against codes counted one by one.
 */
final class Codes implements Consumer<Tensor> {
  private final int images;
  private final double[] kernel; // [N, N]

  Codes(int images) {
    this.images = images;
    this.kernel = new double[images * images];
  }

  /** A count in float32 is exact up to 2^24; the sum over layers is in double precision. */
  @Override
  public void accept(Tensor output) {
    try (PointerScope scope = new PointerScope()) {
      Tensor on = output.flatten(1, 3).gt(new Scalar(0)).to(ScalarType.Float); // [N, C * H * W]
      Tensor off = on.neg().add(new Scalar(1));
      float[] agreements = new float[kernel.length];
      Tensor sum = on.mm(on.t()).add(off.mm(off.t())); // [N, N]
      sum.cpu().contiguous().data_ptr_float().get(agreements);
      for (int i = 0; i < kernel.length; i++) {
        kernel[i] += agreements[i];
      }
    }
  }

  /** Negative infinity where two images have one code. */
  double score() {
    return LogDeterminant.of(kernel, images);
  }
}
