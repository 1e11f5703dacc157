package dev.archipelago.controller.api;

import java.util.Comparator;
import java.util.List;

/** Which known names a mistyped one may have meant. */
final class NearestNames {
  private static final int SHOWN = 3;

  private NearestNames() {}

  static List<String> to(String name, List<String> known) {
    return known.stream()
        .sorted(Comparator.comparingInt(candidate -> distance(name, candidate)))
        .limit(SHOWN)
        .toList();
  }

  /** Levenshtein's edit distance. */
  static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int above = row[j];
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        row[j] = Math.min(Math.min(row[j] + 1, row[j - 1] + 1), diagonal + change);
        diagonal = above;
      }
    }
    return row[b.length()];
  }
}
