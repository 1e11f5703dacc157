package dev.archipelago.deploy.view;

import dev.archipelago.deploy.client.BestDocument;
import dev.archipelago.deploy.client.NetworkDocument;
import dev.archipelago.deploy.client.ReferenceDocument;
import dev.archipelago.deploy.client.TrialCounts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a search found, for people: the winner, the baseline's winner beside it, published networks,
 * and what is next.
 */
public final class Summary {
  private Summary() {}

  public static List<String> lines(BestDocument best, Hints hints) {
    List<String> lines = new ArrayList<>();
    NetworkDocument winner = best.winner();
    if (winner == null) {
      lines.add("Search " + best.search() + " has no winner yet.");
      return lines;
    }
    NetworkDocument baseline = best.baseline();
    lines.add("");
    lines.add("Search " + best.search() + " has found:");
    lines.add("");
    indent(lines, numbers(winner, baseline).lines());
    lines.add("");
    indent(lines, architectures(winner, baseline).lines());
    references(lines, best.referencesOrNone());
    if (best.comparison() != null && best.comparison().sentence() != null) {
      lines.add("");
      lines.addAll(wrap(best.comparison().sentence(), 96));
    }
    for (String remark : best.remarksOrNone()) {
      lines.add("");
      lines.addAll(wrap(remark, 96));
    }
    lines.add("");
    lines.add(effort(best.trials(), best.seconds()));
    lines.add("");
    lines.add("Next:");
    Table next = Table.plain();
    next.row(hints.command("trials " + best.search()), "every trial");
    next.row(hints.command("trials " + best.search() + " --csv"), "the same for a spreadsheet");
    next.row(hints.command("best " + best.search() + " --json"), "this result for a program");
    indent(lines, next.lines());
    return lines;
  }

  private static Table numbers(NetworkDocument winner, @Nullable NetworkDocument baseline) {
    Map<String, Function<NetworkDocument, String>> rows = new LinkedHashMap<>();
    rows.put("test accuracy", network -> Format.score(network.testAccuracy()));
    rows.put("validation accuracy", network -> Format.score(network.validationAccuracy()));
    rows.put("latency (median, one image)", network -> Format.latency(network.latencyP50Micros()));
    rows.put("parameters", network -> Format.count(network.params()));
    rows.put("FLOPs (multiply-adds)", network -> Format.magnitude(network.flops()));
    rows.put("device time of the search", n -> Format.duration(n.armDeviceSeconds()));
    rows.put("from trial", network -> Format.text(network.trial()));
    Table table = header(baseline);
    rows.forEach((title, value) -> add(table, title, value.apply(winner), baseline, value));
    return table;
  }

  /** Published networks, trained and tested as the winner was, and how it compares with each. */
  private static void references(List<String> lines, List<ReferenceDocument> references) {
    if (references.isEmpty()) {
      return;
    }
    Table table =
        Table.headed("published network", "test accuracy", "latency", "parameters", "FLOPs");
    for (ReferenceDocument reference : references) {
      table.row(
          reference.name(),
          Format.score(reference.testAccuracy()),
          Format.latency(reference.latencyP50Micros()),
          Format.count(reference.params()),
          Format.magnitude(reference.flops()));
    }
    lines.add("");
    indent(lines, table.lines());
    for (ReferenceDocument reference : references) {
      if (reference.comparison() != null && reference.comparison().sentence() != null) {
        lines.add("");
        lines.addAll(wrap(reference.comparison().sentence(), 96));
      }
    }
  }

  private static Table architectures(NetworkDocument winner, @Nullable NetworkDocument baseline) {
    Map<String, String> ours = places(winner);
    Map<String, String> theirs = baseline == null ? Map.of() : places(baseline);
    Set<String> places = new LinkedHashSet<>(ours.keySet());
    places.addAll(theirs.keySet());
    Table table = header(baseline);
    for (String place : places) {
      add(
          table,
          place,
          ours.getOrDefault(place, Format.UNKNOWN),
          baseline,
          network -> theirs.getOrDefault(place, Format.UNKNOWN));
    }
    return table;
  }

  private static Table header(@Nullable NetworkDocument baseline) {
    return baseline == null
        ? Table.headed("", "winner")
        : Table.headed("", "winner", "baseline's winner");
  }

  private static void add(
      Table table,
      String title,
      String winner,
      @Nullable NetworkDocument baseline,
      Function<NetworkDocument, String> value) {
    if (baseline == null) {
      table.row(title, winner);
    } else {
      table.row(title, winner, value.apply(baseline));
    }
  }

  private static Map<String, String> places(NetworkDocument network) {
    Map<String, String> architecture = network.architecture();
    return architecture == null ? Map.of() : ArchitectureText.places(architecture);
  }

  private static String effort(@Nullable TrialCounts trials, @Nullable Double seconds) {
    String done =
        trials == null
            ? "Done"
            : Format.plural(trials.completed(), "trial")
                + " completed, "
                + trials.failed()
                + " failed";
    return done + (seconds == null ? "." : ", in " + Format.duration(seconds) + ".");
  }

  static List<String> wrap(String text, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.split("\\s+")) {
      if (line.length() > 0 && line.length() + 1 + word.length() > width) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.length() == 0 ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }

  private static void indent(List<String> lines, List<String> more) {
    more.forEach(line -> lines.add(("  " + line).stripTrailing()));
  }
}
