package dev.archipelago.controller.strategy.darts;

import dev.archipelago.controller.settings.Settings;
import dev.archipelago.protocol.space.Ragged;
import dev.archipelago.protocol.space.RelaxedSpace;
import java.util.List;

/** What the sentinel with its defaults says of whole courses: for whoever measures it. */
public final class Vigil {
  private Vigil() {}

  /** The score from which it takes something for a collapse. */
  public static double threshold() {
    return Watch.read(1, Settings.none()).threshold();
  }

  /**
   * The highest score of any round of a chain, all of whose rounds moved its alphas.
   *
   * @param probabilities softmax(alpha) after each round
   * @param curvatures as many
   */
  public static double highestScore(
      RelaxedSpace space, List<Ragged> probabilities, List<Double> curvatures) {
    Watch watch = Watch.read(probabilities.size(), Settings.none());
    CellReader reader = CellReader.of(space, 1, false);
    double highest = 0;
    for (int round = 0; round < probabilities.size(); round++) {
      Ragged now = probabilities.get(round);
      double skips = reader.skips(reader.derived(now));
      List<Double> past = curvatures.subList(Math.max(0, round + 1 - 2 * watch.lag()), round + 1);
      Signals signals = Sentinel.look(watch, skips, reader.entropy(now), past);
      highest = Math.max(highest, signals.score());
    }
    return highest;
  }

  /** Whether the cell that they stand for has no live operation with weights. */
  public static boolean isWeightless(RelaxedSpace space, Ragged probabilities) {
    CellReader reader = CellReader.of(space, 1, false);
    return !reader.learns(reader.derived(probabilities));
  }
}
