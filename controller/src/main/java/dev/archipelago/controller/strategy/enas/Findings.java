package dev.archipelago.controller.strategy.enas;

import dev.archipelago.controller.strategy.enas.Evidence.Comparison;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What is said of a policy that learned, or did not. */
final class Findings {
  private Findings() {}

  /**
   * @param evidence that is not nothing
   * @param before the policy's entropy at the start, in nats per network
   * @param after the same now
   */
  static List<String> of(Evidence evidence, double before, double after) {
    List<String> remarks = new ArrayList<>();
    remarks.add(say("the policy's entropy went from %.2f to %.2f nats per network", before, after));
    remarks.add(
        say(
            "the paths' mean accuracy on shared weights went from %.3f in the first round to %.3f in the last; the weights' own progress is in it",
            evidence.first(), evidence.last()));
    Comparison comparison = evidence.comparison();
    double gain = comparison.policy() - comparison.uniform();
    double error = comparison.standardError();
    if (!Double.isNaN(error)) {
      remarks.add(
          say(
              "with the same weights the policy's candidates score %.3f on average, random ones %.3f: %+.3f +- %.3f%s",
              comparison.policy(),
              comparison.uniform(),
              gain,
              error,
              gain > 2 * error ? "" : ", so that no learning shows"));
    }
    return remarks;
  }

  private static String say(String format, Object... numbers) {
    return String.format(Locale.ROOT, format, numbers);
  }
}
