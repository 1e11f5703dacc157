package dev.archipelago.controller.strategy.darts;

import dev.archipelago.controller.settings.Digits;
import dev.archipelago.controller.settings.Settings;
import dev.archipelago.protocol.trial.Round.AlphaRule;
import java.util.Map;

/**
 * How the alphas learn: Adam (Liu et al. 2019, arXiv:1806.09055v2, appendix A.1.1).
 *
 * <p><b>Departs:</b> the learning rate's default follows the budget. Adam moves an alpha by about
 * its rate in a step, whatever the gradient's size, so that rate times steps is how far an alpha
 * can go. In the paper that is 3e-4 in each of 50 epochs of 390 steps, 5.85 in all, by which a
 * softmax can become as good as a choice; in a hundred steps at that rate it is 0.03, and the
 * derivation is noise. So the default goes as far as the paper's in the steps that there are: 5.85
 * / steps, from 3e-4 to 0.1. It does not make a short search any surer: drift and noise grow alike
 * with the rate, and only more steps tell them apart.
 *
 * @param rate Adam's learning rate, 1e-6 to 1
 * @param beta1 decay of Adam's mean of gradients, 0 to 0.9999
 * @param beta2 decay of Adam's mean of squares, 0 to 0.99999
 * @param decay weight decay, 0 to 1
 */
record AlphaDescent(double rate, double beta1, double beta2, double decay) {
  private static final double PATH = 50 * 390 * 3e-4;
  private static final double LEAST_RATE = 3e-4;
  private static final double LARGEST_RATE = 0.1;

  /**
   * @param steps of the alphas in one chain
   */
  static AlphaDescent read(long steps, Settings settings) {
    return new AlphaDescent(
        settings.number("alpha-rate", rate(steps), 1e-6, 1),
        settings.number("alpha-beta1", 0.5, 0, 0.9999),
        settings.number("alpha-beta2", 0.999, 0, 0.99999),
        settings.number("alpha-decay", 1e-3, 0, 1));
  }

  /** To two digits. */
  static double rate(long steps) {
    double rate = Math.max(LEAST_RATE, Math.min(LARGEST_RATE, PATH / Math.max(1, steps)));
    return Digits.two(rate);
  }

  void put(Map<String, Object> settings) {
    settings.put("alpha-rate", rate);
    settings.put("alpha-beta1", beta1);
    settings.put("alpha-beta2", beta2);
    settings.put("alpha-decay", decay);
  }

  /**
   * @param factor on the learning rate; 0 lets the alphas rest
   */
  AlphaRule rule(double factor) {
    return new AlphaRule(rate * factor, beta1, beta2, decay);
  }
}
