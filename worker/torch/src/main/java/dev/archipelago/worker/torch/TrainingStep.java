package dev.archipelago.worker.torch;

import dev.archipelago.protocol.trial.Precision;
import dev.archipelago.worker.engine.Network.Sgd;
import java.util.BitSet;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.DeviceType;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * A step of training: forwards, backwards, update. What it makes belongs to its caller's scope.
 *
 * <p>The loss is read before the update, which on a GPU runs while the host goes on. In less than
 * float32, the gradient's norm is read, too: where one of the two is not finite, the weights have
 * not moved yet, what batch norms remember is put back, and the step is done again in float32.
 */
final class TrainingStep {
  private final Weights weights;
  private final Precision precision;
  private final DeviceType device;
  private long fallbacks;

  TrainingStep(Weights weights, Precision precision, Device device) {
    this.weights = weights;
    this.precision = precision;
    this.device = device.type();
  }

  /** Steps so far that were done again in float32. */
  long fallbacks() {
    return fallbacks;
  }

  /**
   * @param images [N, C, H, W]
   * @param labels [N]
   * @param used the parameters that are updated
   * @return the mean loss in nats, before the update
   */
  double run(Passage passage, Tensor images, Tensor labels, BitSet used, Sgd sgd) {
    if (precision == Precision.FLOAT32) {
      return inFloat32(passage, images, labels, used, sgd);
    }
    Tensor remembered = weights.statistics();
    double lossNats = backward(mixed(passage, images), labels, used);
    double norm = weights.gradientNorm(used);
    if (Double.isFinite(lossNats) && Double.isFinite(norm)) {
      weights.update(sgd, used, norm);
      return lossNats;
    }
    weights.resetStatistics(remembered);
    fallbacks++;
    return inFloat32(passage, images, labels, used, sgd);
  }

  private double inFloat32(Passage passage, Tensor images, Tensor labels, BitSet used, Sgd sgd) {
    double lossNats = backward(passage.forward(images, Norms.TRAINING), labels, used);
    weights.update(sgd, used, sgd.gradientClip() > 0 ? weights.gradientNorm(used) : 0);
    return lossNats;
  }

  /** Logits in float32, so that softmax and loss are. */
  private Tensor mixed(Passage passage, Tensor images) {
    try (Autocast autocast = new Autocast(device)) {
      return passage.forward(images, Norms.TRAINING).to(ScalarType.Float);
    }
  }

  private double backward(Tensor logits, Tensor labels, BitSet used) {
    Tensor loss = torch.cross_entropy_loss(logits, labels);
    weights.clearGradients(used);
    loss.backward();
    return loss.item_double();
  }
}
