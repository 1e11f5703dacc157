package dev.archipelago.worker.engine;

import dev.archipelago.protocol.random.SplitMix64;
import dev.archipelago.protocol.trial.Score;
import dev.archipelago.protocol.trial.TestScore;
import java.util.BitSet;

/** How well a network classifies; the arithmetic after the logits is the same for all engines. */
public final class Evaluator {
  private Evaluator() {}

  /** What gives logits for a batch, [N, classes] row by row: {@link Network#infer} for instance. */
  @FunctionalInterface
  public interface Classifier {
    void infer(Batch batch, float[] logits);
  }

  /**
   * Accuracy and mean loss over one pass. A NaN logit makes the loss NaN, and is no right answer.
   */
  public static Score score(Classifier network, BatchSource source, int batchSize) {
    return test(network, source, batchSize).score();
  }

  /** As {@link #score}, with the right answers image by image, in the source's order. */
  public static TestScore test(Classifier network, BatchSource source, int batchSize) {
    int classes = source.task().classes();
    int capacity = Math.min(batchSize, source.size());
    Batch batch = new Batch(capacity, Math.toIntExact(source.task().input().elements()));
    float[] logits = new float[capacity * classes]; // [N, classes]
    BitSet correct = new BitSet(source.size());
    double lossNats = 0;
    int seen = 0;
    source.begin(new SplitMix64(0));
    while (source.next(batch)) {
      network.infer(batch, logits);
      for (int i = 0; i < batch.size(); i++) {
        int label = batch.labels()[i];
        lossNats += crossEntropy(logits, i * classes, classes, label);
        correct.set(seen++, argmax(logits, i * classes, classes) == label);
      }
    }
    return new TestScore(
        new Score((double) correct.cardinality() / seen, lossNats / seen, seen), correct);
  }

  /** -log softmax(logits)[label], in double precision and safe from overflow. */
  static double crossEntropy(float[] logits, int from, int classes, int label) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int i = from; i < from + classes; i++) {
      largest = Math.max(largest, logits[i]); // NaN stays NaN
    }
    double sum = 0;
    for (int i = from; i < from + classes; i++) {
      sum += Math.exp(logits[i] - largest);
    }
    return Math.log(sum) + largest - logits[from + label];
  }

  /** The first of the largest; -1 if a logit is NaN. */
  private static int argmax(float[] logits, int from, int classes) {
    int best = 0;
    for (int i = 0; i < classes; i++) {
      if (Float.isNaN(logits[from + i])) {
        return -1;
      }
      if (logits[from + i] > logits[from + best]) {
        best = i;
      }
    }
    return best;
  }
}
