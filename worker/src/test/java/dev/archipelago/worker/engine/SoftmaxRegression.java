package dev.archipelago.worker.engine;

import dev.archipelago.protocol.space.NetworkPlan.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A network of one dense layer in plain Java, for tests of what stands above an engine. */
public class SoftmaxRegression implements Network {
  private final int elements;
  private final int classes;
  private final float[] weight; // [classes, elements]
  private final List<Sgd> steps = new ArrayList<>();
  private final List<Integer> sizes = new ArrayList<>();

  public SoftmaxRegression(int elements, int classes) {
    this.elements = elements;
    this.classes = classes;
    this.weight = new float[elements * classes];
  }

  /** The constants of every step so far. */
  public List<Sgd> steps() {
    return steps;
  }

  /** The batch size of every step so far. */
  public List<Integer> sizes() {
    return sizes;
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(new Parameter("weight", List.of(classes, elements)));
  }

  @Override
  public double step(Batch batch, Sgd sgd) {
    steps.add(sgd);
    sizes.add(batch.size());
    float[] logits = new float[batch.size() * classes];
    infer(batch, logits);
    double loss = 0;
    for (int n = 0; n < batch.size(); n++) {
      for (int c = 0; c < classes; c++) {
        double probability = Math.exp(-Evaluator.crossEntropy(logits, n * classes, classes, c));
        double error = probability - (batch.labels()[n] == c ? 1 : 0);
        float step = (float) (sgd.learningRate() * error / batch.size());
        for (int i = 0; i < elements; i++) {
          weight[c * elements + i] -= step * batch.images().get(n * elements + i);
        }
      }
      loss += Evaluator.crossEntropy(logits, n * classes, classes, batch.labels()[n]);
    }
    return loss / batch.size();
  }

  @Override
  public void infer(Batch batch, float[] logits) {
    for (int n = 0; n < batch.size(); n++) {
      for (int c = 0; c < classes; c++) {
        double sum = 0;
        for (int i = 0; i < elements; i++) {
          sum += weight[c * elements + i] * batch.images().get(n * elements + i);
        }
        logits[n * classes + c] = (float) sum;
      }
    }
  }

  @Override
  public Map<String, float[]> weights() {
    return Map.of("weight", weight.clone());
  }

  @Override
  public int load(Map<String, float[]> weights) {
    float[] values = weights.get("weight");
    if (values == null || values.length != weight.length) {
      return 0;
    }
    System.arraycopy(values, 0, weight, 0, values.length);
    return 1;
  }

  /** It has no momentum, whatever it is asked for. */
  @Override
  public Map<String, float[]> checkpoint() {
    return weights();
  }

  @Override
  public boolean restore(Map<String, float[]> checkpoint) {
    return checkpoint.size() == 1 && load(checkpoint) == 1;
  }

  @Override
  public void close() {
    Arrays.fill(weight, 0);
  }
}
