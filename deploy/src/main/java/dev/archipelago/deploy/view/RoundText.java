package dev.archipelago.deploy.view;

import dev.archipelago.deploy.client.RoundDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A round on shared weights in some words. */
final class RoundText {
  private RoundText() {}

  static String of(RoundDocument round) {
    List<String> parts = new ArrayList<>();
    parts.add(
        round.work().equals("score-paths")
            ? Format.plural(round.size(), "path") + " scored"
            : round.work() + ", " + Format.plural(round.size(), "step"));
    add(parts, "best accuracy", round.bestAccuracy());
    add(parts, "mean", round.meanAccuracy());
    add(parts, "training loss", round.trainLoss());
    add(parts, "architecture loss", round.alphaLoss());
    add(parts, "eigenvalue", round.curvature());
    return String.join(", ", parts);
  }

  private static void add(List<String> parts, String title, @Nullable Double value) {
    if (value != null) {
      parts.add(String.format(Locale.ROOT, "%s %.4g", title, value));
    }
  }
}
