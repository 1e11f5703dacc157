package dev.archipelago.bench;

import dev.archipelago.controller.strategy.darts.Vigil;
import dev.archipelago.protocol.space.NasBench201Space;
import dev.archipelago.protocol.space.Ragged;
import dev.archipelago.protocol.space.RelaxedSpace;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * Does the sentinel of DARTS see a collapse to skip connections, and spare healthy chains? Planted
 * courses on the cells of NAS-Bench-201 say how often, over all thresholds; courses of real chains,
 * whose cell at the end says whether they collapsed, stand beside them.
 */
public final class SentinelBench {
  static final RelaxedSpace SPACE = new NasBench201Space(4, 1);

  private static final String COURSES = "courses.csv";

  private SentinelBench() {}

  /**
   * @param arguments how many courses of each kind, the first seed, and a file for the drawing; all
   *     may be left out
   */
  public static void main(String[] arguments) throws IOException {
    int courses = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1000;
    long seed = arguments.length > 1 ? Long.parseLong(arguments[1]) : 1;
    Roc roc = planted(courses, seed);
    System.out.print(table(roc, courses, seed));
    System.out.print(table(recorded()));
    if (arguments.length > 2) {
      Files.writeString(Path.of(arguments[2]), roc.svg(Vigil.threshold()));
    }
  }

  /** As many healthy courses as collapsing ones. */
  static Roc planted(int courses, long seed) {
    return new Roc(scores(true, courses, seed), scores(false, courses, seed));
  }

  private static List<Double> scores(boolean planted, int courses, long seed) {
    return LongStream.range(seed, seed + courses)
        .mapToObj(one -> score(PlantedCourse.of(SPACE, planted, one)))
        .toList();
  }

  private static double score(Course course) {
    return Vigil.highestScore(SPACE, course.probabilities(), course.curvatures());
  }

  private static String table(Roc roc, int courses, long seed) {
    StringBuilder text = new StringBuilder();
    text.append(
        say(
            "%,d planted collapses and as many healthy courses, from seed %d; the default threshold is %.2f%n%n",
            courses, seed, Vigil.threshold()));
    text.append("| threshold | collapses found | false alarms |\n|---|---|---|\n");
    for (double threshold = 0.5; threshold <= 3.5; threshold += 0.25) {
      text.append(
          say(
              "| %.2f | %.1f %% | %.1f %% |%n",
              threshold, 100 * roc.found(threshold), 100 * roc.falselyFound(threshold)));
    }
    return text.append(say("%narea under the curve: %.4f%n", roc.area())).toString();
  }

  private static String table(List<Course> courses) {
    StringBuilder text = new StringBuilder();
    text.append(say("%n%d chains of real searches%n%n", courses.size()));
    text.append("| chain | rounds | highest score | alarm | at its end |\n|---|---|---|---|---|\n");
    for (Course course : courses) {
      double score = score(course);
      text.append(
          say(
              "| %s | %d | %.2f | %s | %s |%n",
              course.name(),
              course.curvatures().size(),
              score,
              score >= Vigil.threshold() ? "yes" : "no",
              Vigil.isWeightless(SPACE, course.end()) ? "collapsed" : "healthy"));
    }
    return text.toString();
  }

  /**
   * Courses of real chains without roll-backs, with the resource's lines {@code name, curvature,
   * probabilities row by row}.
   */
  static List<Course> recorded() throws IOException {
    Map<String, List<String[]>> lines = new LinkedHashMap<>();
    try (InputStream in = SentinelBench.class.getResourceAsStream(COURSES)) {
      if (in == null) {
        throw new IOException("the resource " + COURSES + " is missing");
      }
      String all = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      all.lines()
          .skip(1)
          .map(line -> line.split(",", -1))
          .forEach(cells -> lines.computeIfAbsent(cells[0], name -> new ArrayList<>()).add(cells));
    }
    List<Course> courses = new ArrayList<>();
    lines.forEach(
        (name, rounds) ->
            courses.add(
                new Course(
                    name,
                    rounds.stream().map(SentinelBench::probabilities).toList(),
                    rounds.stream().map(cells -> Double.parseDouble(cells[1])).toList())));
    return List.copyOf(courses);
  }

  private static Ragged probabilities(String[] cells) {
    int[] next = {2};
    return Ragged.filled(SPACE.relaxedRows(1), 0).map(zero -> Double.parseDouble(cells[next[0]++]));
  }

  private static String say(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
