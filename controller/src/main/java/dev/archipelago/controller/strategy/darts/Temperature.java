package dev.archipelago.controller.strategy.darts;

import dev.archipelago.controller.settings.Settings;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * By what the alphas are divided before the softmax, from round to round: falling, it drives a
 * mixture towards single operations.
 *
 * @param start in the first round in which the alphas move, 0.01 to 100
 * @param end in the last round, 0.01 to 100; the same as {@code start} where it is constant
 * @param schedule {@code constant}, {@code linear}, {@code exponential} or {@code cosine}
 */
record Temperature(double start, double end, String schedule) {
  static final String CONSTANT = "constant";
  private static final String LINEAR = "linear";
  private static final String EXPONENTIAL = "exponential";
  private static final String COSINE = "cosine";
  private static final List<String> SCHEDULES = List.of(CONSTANT, LINEAR, EXPONENTIAL, COSINE);

  private static final double LEAST = 0.01;
  private static final double MOST = 100;

  /** GDAS's falls from 10 to 0.1 (arXiv:1910.04465); DARTS has none, which is 1. */
  static Temperature read(Variant variant, Settings settings) {
    boolean gdas = variant == Variant.GDAS;
    return settings.nested(
        "temperature",
        inner -> {
          String schedule = inner.choice("schedule", gdas ? LINEAR : CONSTANT, SCHEDULES);
          double start = inner.number("start", gdas ? 10 : 1, LEAST, MOST);
          if (schedule.equals(CONSTANT)) {
            inner.exclude("end", "means nothing with schedule: constant");
            return new Temperature(start, start, CONSTANT);
          }
          return new Temperature(start, inner.number("end", 0.1, LEAST, MOST), schedule);
        });
  }

  void put(Map<String, Object> settings) {
    Map<String, Object> own = new LinkedHashMap<>();
    own.put("start", start);
    if (!schedule.equals(CONSTANT)) {
      own.put("end", end);
    }
    own.put("schedule", schedule);
    settings.put("temperature", Collections.unmodifiableMap(own));
  }

  /**
   * @param progress 0 in the first round, 1 in the last
   */
  double at(double progress) {
    return switch (schedule) {
      case LINEAR -> start + (end - start) * progress;
      case EXPONENTIAL -> start * StrictMath.pow(end / start, progress);
      case COSINE -> end + (start - end) * (1 + StrictMath.cos(StrictMath.PI * progress)) / 2;
      default -> start;
    };
  }
}
