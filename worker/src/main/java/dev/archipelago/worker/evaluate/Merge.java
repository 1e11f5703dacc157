package dev.archipelago.worker.evaluate;

import dev.archipelago.worker.engine.Network;
import dev.archipelago.worker.engine.SharedNetwork;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One network's weights out of those that several workers trained from the same beginning.
 *
 * <p>A parameter and its momentum are the mean weighed by how often each worker updated it, since a
 * plain mean would dilute a path that only one of them trained; where none did, the first's. Other
 * tensors, batch norms' statistics, are plain means, the counts of updates, too.
 */
final class Merge {
  private Merge() {}

  /**
   * @param parts checkpoints of one supernet, at least one
   */
  static Map<String, float[]> of(List<Map<String, float[]>> parts) {
    Map<String, float[]> merged = new LinkedHashMap<>();
    for (String name : parts.get(0).keySet()) {
      List<float[]> tensors = new ArrayList<>();
      List<Double> weights = new ArrayList<>();
      for (Map<String, float[]> part : parts) {
        float[] tensor = part.get(name);
        if (tensor != null) {
          tensors.add(tensor);
          weights.add(weight(part, name));
        }
      }
      merged.put(name, mean(tensors, weights));
    }
    return merged;
  }

  private static double weight(Map<String, float[]> part, String name) {
    if (name.endsWith(SharedNetwork.UPDATES)) {
      return 1;
    }
    String parameter =
        name.endsWith(Network.MOMENTUM)
            ? name.substring(0, name.length() - Network.MOMENTUM.length())
            : name;
    float[] updates = part.get(parameter + SharedNetwork.UPDATES);
    return updates == null ? 1 : updates[0];
  }

  private static float[] mean(List<float[]> tensors, List<Double> weights) {
    double total = weights.stream().mapToDouble(Double::doubleValue).sum();
    if (tensors.size() == 1 || total == 0) {
      return tensors.get(0);
    }
    double[] sum = new double[tensors.get(0).length];
    for (int i = 0; i < tensors.size(); i++) {
      for (int j = 0; j < sum.length; j++) {
        sum[j] += weights.get(i) * tensors.get(i)[j];
      }
    }
    float[] mean = new float[sum.length];
    for (int j = 0; j < sum.length; j++) {
      mean[j] = (float) (sum[j] / total);
    }
    return mean;
  }
}
