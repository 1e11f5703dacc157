package dev.archipelago.bench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * How well a score tells two kinds apart: the share found of what is to be found against the share
 * falsely found, over all thresholds.
 *
 * @param positives scores of what is to be found
 * @param negatives scores of what is not
 */
record Roc(List<Double> positives, List<Double> negatives) {
  Roc {
    positives = List.copyOf(positives);
    negatives = List.copyOf(negatives);
    if (positives.isEmpty() || negatives.isEmpty()) {
      throw new IllegalArgumentException("both kinds are needed");
    }
  }

  double found(double threshold) {
    return share(positives, threshold);
  }

  double falselyFound(double threshold) {
    return share(negatives, threshold);
  }

  private static double share(List<Double> scores, double threshold) {
    return (double) scores.stream().filter(score -> score >= threshold).count() / scores.size();
  }

  /**
   * The curve's area, 0.5 by chance and 1 at best: how often a positive scores above a negative,
   * ties half (Mann and Whitney 1947).
   */
  double area() {
    double wins = 0;
    for (double positive : positives) {
      for (double negative : negatives) {
        wins += positive > negative ? 1 : positive == negative ? 0.5 : 0;
      }
    }
    return wins / positives.size() / negatives.size();
  }

  /** A drawing of the curve, with a point at a threshold. */
  String svg(double marked) {
    StringBuilder points = new StringBuilder(point(0, 0));
    thresholds()
        .forEach(
            threshold ->
                points.append(' ').append(point(falselyFound(threshold), found(threshold))));
    List<String> lines = new ArrayList<>();
    lines.add(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 260 250\" font-family=\"sans-serif\" font-size=\"11\">");
    lines.add("<rect width=\"260\" height=\"250\" fill=\"white\"/>");
    lines.add(
        "<rect x=\"45\" y=\"10\" width=\"200\" height=\"200\" fill=\"none\" stroke=\"gray\"/>");
    lines.add("<path d=\"M45 210L245 10\" stroke=\"gray\" stroke-dasharray=\"4\"/>");
    lines.add(
        "<polyline points=\"" + points + "\" fill=\"none\" stroke=\"black\" stroke-width=\"2\"/>");
    String[] at = point(falselyFound(marked), found(marked)).split(",", 2);
    lines.add("<circle cx=\"%s\" cy=\"%s\" r=\"4\" fill=\"red\"/>".formatted(at[0], at[1]));
    lines.add("<text x=\"100\" y=\"240\">false alarms</text>");
    lines.add("<text x=\"15\" y=\"150\" transform=\"rotate(-90 15 150)\">collapses found</text>");
    lines.add("<text x=\"42\" y=\"224\">0</text><text x=\"240\" y=\"224\">1</text>");
    lines.add("<text x=\"34\" y=\"16\">1</text>");
    lines.add("</svg>");
    return String.join("\n", lines) + "\n";
  }

  private List<Double> thresholds() {
    return Stream.concat(positives.stream(), negatives.stream())
        .distinct()
        .sorted(Comparator.reverseOrder())
        .toList();
  }

  private static String point(double x, double y) {
    return String.format(Locale.ROOT, "%.1f,%.1f", 45 + 200 * x, 210 - 200 * y);
  }
}
