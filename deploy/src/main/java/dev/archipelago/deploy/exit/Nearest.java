package dev.archipelago.deploy.exit;

import dev.archipelago.protocol.text.EditDistance;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Finds what a user may have meant. */
public final class Nearest {
  private static final int MOST = 3;

  private Nearest() {}

  /** Up to three of the names that are within a few edits of what was given, nearest first. */
  public static List<String> of(String given, Collection<String> names) {
    int limit = Math.max(2, given.length() / 3);
    return names.stream()
        .filter(name -> distance(given, name) <= limit)
        .sorted(Comparator.comparingInt(name -> distance(given, name)))
        .limit(MOST)
        .toList();
  }

  /** {@code "; did you mean a or b?"}, or nothing where no name is near. */
  public static String hint(String given, Collection<String> names) {
    List<String> near = of(given, names);
    return near.isEmpty()
        ? ""
        : near.stream().collect(Collectors.joining(" or ", "; did you mean ", "?"));
  }

  /** Levenshtein's distance without regard to case; a name that begins as given is near. */
  private static int distance(String given, String name) {
    String from = given.toLowerCase(Locale.ROOT);
    String to = name.toLowerCase(Locale.ROOT);
    if (from.length() >= 3 && to.startsWith(from)) {
      return 1;
    }
    return EditDistance.between(from, to);
  }
}
