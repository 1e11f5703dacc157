package dev.archipelago.bench;

import dev.archipelago.protocol.space.Ragged;
import java.util.List;

/**
 * What a chain of DARTS was like after each round in which its alphas moved.
 *
 * @param probabilities softmax(alpha)
 * @param curvatures of the held-out loss in the alphas, as many
 */
record Course(String name, List<Ragged> probabilities, List<Double> curvatures) {
  Course {
    probabilities = List.copyOf(probabilities);
    curvatures = List.copyOf(curvatures);
    if (probabilities.isEmpty() || probabilities.size() != curvatures.size()) {
      throw new IllegalArgumentException(
          "%s: %d rounds, %d curvatures".formatted(name, probabilities.size(), curvatures.size()));
    }
  }

  Ragged end() {
    return probabilities.get(probabilities.size() - 1);
  }
}
