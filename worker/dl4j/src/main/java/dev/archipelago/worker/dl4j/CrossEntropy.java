package dev.archipelago.worker.dl4j;

import java.nio.FloatBuffer;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/**
 * The cross entropy of softmax, from the logits: the library's own clips probabilities, and so its
 * loss never is infinite and its gradient is not that of its loss.
 *
 * <p>Labels are one-hot, [N, classes].
 */
final class CrossEntropy implements ILossFunction {
  private static final long serialVersionUID = 1L;

  @Override
  public double computeScore(
      INDArray labels, INDArray logits, IActivation softmax, INDArray mask, boolean average) {
    double sum = 0;
    for (double loss : losses(labels, logits)) {
      sum += loss;
    }
    return average ? sum / logits.size(0) : sum;
  }

  @Override
  public INDArray computeScoreArray(
      INDArray labels, INDArray logits, IActivation softmax, INDArray mask) {
    double[] losses = losses(labels, logits);
    return Nd4j.createFromArray(losses).reshape(losses.length, 1).castTo(logits.dataType());
  }

  /** By example, in nats. */
  private static double[] losses(INDArray labels, INDArray logits) {
    int examples = Math.toIntExact(logits.size(0));
    int classes = Math.toIntExact(logits.size(1));
    FloatBuffer x = HostMemory.of(logits.dup('c'));
    FloatBuffer y = HostMemory.of(labels);
    double[] losses = new double[examples];
    for (int i = 0; i < examples; i++) {
      double largest = Double.NEGATIVE_INFINITY;
      double right = 0;
      for (int j = i * classes; j < (i + 1) * classes; j++) {
        largest = Math.max(largest, x.get(j)); // NaN stays NaN
        if (y.get(j) == 1) {
          right = x.get(j);
        }
      }
      double sum = 0;
      for (int j = i * classes; j < (i + 1) * classes; j++) {
        sum += Math.exp(x.get(j) - largest);
      }
      losses[i] = Math.log(sum) + largest - right;
    }
    return losses;
  }

  /** Of the sum over the batch. */
  @Override
  public INDArray computeGradient(
      INDArray labels, INDArray logits, IActivation softmax, INDArray mask) {
    return softmax.getActivation(logits.dup('c'), true).subi(labels);
  }

  @Override
  public Pair<Double, INDArray> computeGradientAndScore(
      INDArray labels, INDArray logits, IActivation softmax, INDArray mask, boolean average) {
    return new Pair<>(
        computeScore(labels, logits, softmax, mask, average),
        computeGradient(labels, logits, softmax, mask));
  }

  @Override
  public String name() {
    return "cross entropy";
  }
}
