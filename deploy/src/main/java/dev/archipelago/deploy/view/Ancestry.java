package dev.archipelago.deploy.view;

import dev.archipelago.deploy.client.TrialDocument;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * A trial and those whose weights or score went into it.
 *
 * @param trials the oldest first, the trial itself last
 */
public record Ancestry(List<TrialDocument> trials) {
  public Ancestry {
    trials = List.copyOf(trials);
  }

  /**
   * @param all of the search, by number
   * @param number one of theirs
   */
  public static Ancestry of(List<TrialDocument> all, int number) {
    List<TrialDocument> trials = new ArrayList<>();
    Integer next = number;
    while (next != null) {
      TrialDocument trial = all.get(next);
      trials.add(trial);
      next = before(trial);
    }
    Collections.reverse(trials);
    return new Ancestry(trials);
  }

  private static @Nullable Integer before(TrialDocument trial) {
    if (trial.inherits() != null) {
      return trial.inherits();
    }
    return trial.continues() != null ? trial.continues() : trial.lentBy();
  }

  /** The trial, its network place by place, and how it came about. */
  public List<String> lines() {
    TrialDocument trial = trials.get(trials.size() - 1);
    List<String> lines = new ArrayList<>(TrialTable.lines(List.of(trial)));
    lines.add("");
    Table network = Table.plain();
    ArchitectureText.places(architecture(trial)).forEach((place, text) -> network.row(place, text));
    lines.addAll(network.lines());
    lines.add("");
    if (trial.round() != null) {
      lines.add("A round on weights that the search's rounds share.");
      return lines;
    }
    if (trials.size() == 1) {
      lines.add("Nothing of another trial went into it.");
      return lines;
    }
    Table table =
        Table.headed(
            "TRIAL", "EPOCHS", "CUMULATIVE", "ACCURACY", "PARAMETERS", "DEVICE SEC", "HOW");
    double seconds = 0;
    for (int i = 0; i < trials.size(); i++) {
      TrialDocument one = trials.get(i);
      seconds += one.deviceSeconds() == null ? 0 : one.deviceSeconds();
      table.row(
          String.valueOf(one.number()),
          Format.text(one.epochs()),
          Format.text(one.cumulativeEpochs() == null ? one.epochs() : one.cumulativeEpochs()),
          Format.score(one.validationAccuracy()),
          Format.count(one.params()),
          Format.decimal(one.deviceSeconds()),
          i == 0 ? "trained from fresh weights" : how(trials.get(i - 1), one));
    }
    lines.addAll(table.lines());
    lines.add("");
    lines.add("Device time of all of them: " + Format.duration(seconds) + ".");
    return lines;
  }

  private static String how(TrialDocument parent, TrialDocument child) {
    if (child.inherits() == null) {
      return child.continues() != null
          ? "its training continued"
          : "the score of trial " + parent.number() + ", of the same function";
    }
    StringJoiner changes = new StringJoiner(", ");
    Map<String, String> before = architecture(parent);
    architecture(child)
        .forEach(
            (decision, label) -> {
              String old = before.getOrDefault(decision, "?");
              if (!old.equals(label)) {
                changes.add(decision + " " + old + " to " + label);
              }
            });
    String weights = "the weights of trial " + parent.number();
    return changes.length() == 0 ? weights + ", as it was" : weights + "; " + changes;
  }

  private static Map<String, String> architecture(TrialDocument trial) {
    return trial.architecture() == null ? Map.of() : trial.architecture();
  }
}
