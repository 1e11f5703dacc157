package dev.archipelago.controller.spec;

import dev.archipelago.controller.spec.Baselines.Match;
import dev.archipelago.protocol.space.reference.ReferenceNetwork;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code baseline}: what the winner has to beat. */
final class BaselineReader {
  private static final String RANDOM = "random";

  private BaselineReader() {}

  /** A word, a list of words, or a map with the details of the random search. */
  static Baselines read(Section spec) {
    if (spec.isMap("baseline")) {
      return detailed(spec.section("baseline"));
    }
    List<String> words = new ArrayList<>(List.of(RANDOM));
    words.addAll(ReferenceNetwork.labels());
    if (spec.isScalar("baseline")) {
      List<String> single = new ArrayList<>(words);
      single.add("none");
      String word = spec.choice("baseline", "none", single);
      return word.equals("none") ? Baselines.NONE : of(List.of(word), Match.DEVICE_SECONDS);
    }
    return of(spec.choices("baseline", List.of(), words), Match.DEVICE_SECONDS);
  }

  private static Baselines detailed(Section baseline) {
    baseline.require("kind", RANDOM);
    baseline.word("kind", List.of(RANDOM));
    List<String> labels = List.of(Match.DEVICE_SECONDS.label(), Match.TRIALS.label());
    boolean trials =
        baseline.choice("match", Match.DEVICE_SECONDS.label(), labels).equals(Match.TRIALS.label());
    List<String> references = baseline.choices("references", List.of(), ReferenceNetwork.labels());
    baseline.close();
    return new Baselines(
        Optional.of(trials ? Match.TRIALS : Match.DEVICE_SECONDS), networks(references));
  }

  private static Baselines of(List<String> names, Match match) {
    return new Baselines(
        names.contains(RANDOM) ? Optional.of(match) : Optional.empty(), networks(names));
  }

  private static List<ReferenceNetwork> networks(List<String> labels) {
    return labels.stream().flatMap(label -> ReferenceNetwork.labelled(label).stream()).toList();
  }
}
