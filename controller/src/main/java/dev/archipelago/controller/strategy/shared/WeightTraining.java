package dev.archipelago.controller.strategy.shared;

import dev.archipelago.controller.settings.Settings;
import dev.archipelago.protocol.trial.Round.Descent;
import java.util.Map;

/**
 * How shared weights are trained: SGD with momentum, the learning rate falling along one cosine
 * over the steps of all rounds.
 *
 * @param rate learning rate at the first step, 1e-6 to 10
 * @param lowest learning rate at the last step, 0 to 10
 * @param momentum 0 to 0.999
 * @param decay weight decay, 0 to 1
 * @param clip the largest gradient norm, 0 to 1,000,000; 0 for no clipping
 */
public record WeightTraining(
    double rate, double lowest, double momentum, double decay, double clip) {

  /**
   * Of weights that are trained path by path: ENAS's authors' for cells, with their SGD's rate from
   * 0.05 to 0.0005.
   */
  public static final WeightTraining OF_PATHS = new WeightTraining(0.05, 0.0005, 0.9, 1e-4, 5);

  public static WeightTraining read(WeightTraining defaults, Settings settings) {
    return new WeightTraining(
        settings.number("weights-rate", defaults.rate, 1e-6, 10),
        settings.number("weights-rate-end", defaults.lowest, 0, 10),
        settings.number("weights-momentum", defaults.momentum, 0, 0.999),
        settings.number("weights-decay", defaults.decay, 0, 1),
        settings.number("weights-clip", defaults.clip, 0, 1_000_000));
  }

  /** Adds every setting with its value in force, in the order of the documentation. */
  public void put(Map<String, Object> settings) {
    settings.put("weights-rate", rate);
    settings.put("weights-rate-end", lowest);
    settings.put("weights-momentum", momentum);
    settings.put("weights-decay", decay);
    settings.put("weights-clip", clip);
  }

  /**
   * @param from steps before this round
   * @param total steps of all rounds
   */
  public Descent descent(int from, int total) {
    return new Descent(rate, lowest, momentum, decay, clip, from, total);
  }
}
