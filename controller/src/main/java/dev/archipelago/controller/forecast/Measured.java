package dev.archipelago.controller.forecast;

import dev.archipelago.protocol.random.SplitMix64;
import java.util.ArrayList;
import java.util.List;

/**
 * Trials that were run.
 *
 * @param trained at least one
 * @param proxySeconds what scoring untrained networks took, each; may be empty
 */
public record Measured(List<Cost> trained, List<Double> proxySeconds) {
  /** So many trials give a spread. */
  public static final int ENOUGH = 3;

  public Measured {
    trained = List.copyOf(trained);
    proxySeconds = List.copyOf(proxySeconds);
    if (trained.isEmpty()) {
      throw new IllegalArgumentException("no trained trial was measured");
    }
  }

  /** As many, drawn with replacement (Efron 1979): another sample that might have been measured. */
  Measured resampled(SplitMix64 chance) {
    return new Measured(resampled(trained, chance), resampled(proxySeconds, chance));
  }

  private static <T> List<T> resampled(List<T> values, SplitMix64 chance) {
    List<T> drawn = new ArrayList<>(values.size());
    for (int i = 0; i < values.size(); i++) {
      drawn.add(draw(values, chance));
    }
    return drawn;
  }

  Cost cost(SplitMix64 chance) {
    return draw(trained, chance);
  }

  /** What a proxy takes; where none was measured, no more than a trial without its training. */
  double proxySeconds(Cost cost, SplitMix64 chance) {
    return proxySeconds.isEmpty() ? cost.overheadSeconds() : draw(proxySeconds, chance);
  }

  private static <T> T draw(List<T> values, SplitMix64 chance) {
    return values.get(chance.nextInt(values.size()));
  }
}
