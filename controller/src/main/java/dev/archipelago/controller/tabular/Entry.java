package dev.archipelago.controller.tabular;

import dev.archipelago.protocol.space.Architecture;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What the table says of one architecture. Accuracies are fractions in [0, 1].
 *
 * @param index NAS-Bench-201's own
 * @param params of the CIFAR-10 network, edges that lead nowhere included
 * @param flops multiply-adds of the CIFAR-10 network for one image
 * @param secondsPerEpoch of training on the train half of CIFAR-10
 * @param validation12 CIFAR-10 validation accuracy after a training of 12 epochs, one seed
 * @param validation200 the same after 200 epochs, mean over seeds: what a search may see only if it
 *     pays 200 epochs for it
 * @param tests test accuracies after 200 epochs, mean over seeds: reported only, never a reward
 */
public record Entry(
    int index,
    Architecture architecture,
    long params,
    long flops,
    double secondsPerEpoch,
    OptionalDouble validation12,
    OptionalDouble validation200,
    Map<TestSet, Double> tests) {
  public Entry {
    tests = Map.copyOf(tests);
  }

  /**
   * CIFAR-10 validation accuracy of a training of so many epochs from scratch; empty for any other
   * than 12 and 200, and where the table has none.
   */
  public OptionalDouble validation(int epochs) {
    return switch (epochs) {
      case 12 -> validation12;
      case 200 -> validation200;
      default -> OptionalDouble.empty();
    };
  }

  public OptionalDouble test(TestSet set) {
    Double accuracy = tests.get(set);
    return accuracy == null ? OptionalDouble.empty() : OptionalDouble.of(accuracy);
  }
}
