package dev.archipelago.controller.spec;

import dev.archipelago.protocol.text.EditDistance;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The known word that a misspelt one was probably meant to be. */
final class Nearest {
  private static final List<String> OFTEN_MISPLACED =
      List.of(
          "dataset.path",
          "dataset.limit",
          "dataset.validation",
          "dataset.image-size",
          "space.layers",
          "space.kernels",
          "space.strides",
          "space.filters",
          "space.skips",
          "space.operations",
          "strategy.window",
          "strategy.order",
          "evaluation.epochs",
          "evaluation.batch",
          "evaluation.learning-rate",
          "evaluation.augmentation",
          "evaluation.threads",
          "evaluation.precision",
          "objective.maximize",
          "objective.minimize",
          "objective.latency",
          "constraints.params",
          "constraints.flops",
          "budget.trials",
          "budget.time",
          "retrain.top",
          "retrain.final-epochs");

  private Nearest() {}

  static Optional<String> to(String word, Collection<String> known) {
    String given = plain(word);
    int reach = Math.max(2, given.length() / 3);
    return known.stream()
        .filter(other -> distance(given, plain(other)) <= reach)
        .min(Comparator.comparingInt(other -> distance(given, plain(other))))
        .filter(other -> distance(given, plain(other)) < other.length());
  }

  /** A question to append to a message. */
  static Optional<String> hint(String word, Collection<String> known) {
    return to(word, known).map(Nearest::question);
  }

  /** The same for a key that stands in the wrong map. */
  static Optional<String> elsewhere(String key) {
    return OFTEN_MISPLACED.stream()
        .filter(path -> path.endsWith("." + key))
        .findFirst()
        .map(Nearest::question);
  }

  private static String question(String word) {
    return "; did you mean \"" + word + "\"?";
  }

  /** Case, underscores and hyphens never make a difference between two keys. */
  private static String plain(String word) {
    return word.toLowerCase(Locale.ROOT).replace("_", "").replace("-", "");
  }

  /** Levenshtein's, capped in effect by cutting what is far longer than any key. */
  private static int distance(String a, String b) {
    if (Math.abs(a.length() - b.length()) > 8) {
      return Integer.MAX_VALUE;
    }
    return EditDistance.between(a, b);
  }
}
