package dev.archipelago.deploy.cli;

import dev.archipelago.deploy.exit.CommandException;
import dev.archipelago.deploy.exit.Nearest;
import java.util.List;

/** An option that is one of some words. */
final class Choice {
  private Choice() {}

  /** What was given, if there is such a thing; else the error says what there is. */
  static String of(String option, String given, List<String> known) {
    if (known.contains(given)) {
      return given;
    }
    throw CommandException.badInput(
        "%s: there is no %s%s; there %s %s"
            .formatted(
                option,
                given,
                Nearest.hint(given, known),
                known.size() == 1 ? "is" : "are",
                String.join(", ", known)));
  }
}
