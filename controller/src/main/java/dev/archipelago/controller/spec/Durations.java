package dev.archipelago.controller.spec;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations with their unit: {@code 2 ms}, {@code 350us}, {@code 1.5 h}. */
final class Durations {
  static final String UNITS = "ns, us, ms, s, min or h";

  private static final Pattern FORM =
      Pattern.compile("([0-9]{1,18}(?:\\.[0-9]{1,18})?)\\s*([a-z\u00b5\u03bc]+)");
  private static final Map<String, Duration> BY_NAME = new LinkedHashMap<>();

  static {
    BY_NAME.put("ns", Duration.ofNanos(1));
    BY_NAME.put("us", Duration.ofNanos(1_000));
    BY_NAME.put("ms", Duration.ofMillis(1));
    BY_NAME.put("s", Duration.ofSeconds(1));
    BY_NAME.put("min", Duration.ofMinutes(1));
    BY_NAME.put("h", Duration.ofHours(1));
  }

  private Durations() {}

  /** Whole nanoseconds up to 292 years; nothing without a unit, since no default is safe. */
  static Optional<Duration> parse(String text) {
    Matcher match = FORM.matcher(text);
    if (!match.matches()) {
      return Optional.empty();
    }
    return unit(match.group(2)).flatMap(unit -> multiple(match.group(1), unit));
  }

  /** What a unit's name stands for. */
  static Optional<Duration> unit(String name) {
    return Optional.ofNullable(BY_NAME.get(name.replaceFirst("^[\u00b5\u03bc]", "u")));
  }

  /** In the largest unit that takes a whole number. */
  static String write(Duration duration) {
    List<Map.Entry<String, Duration>> units = new ArrayList<>(BY_NAME.entrySet());
    for (int i = units.size() - 1; i > 0; i--) {
      long unit = units.get(i).getValue().toNanos();
      if (duration.toNanos() % unit == 0 && duration.toNanos() != 0) {
        return duration.toNanos() / unit + " " + units.get(i).getKey();
      }
    }
    return duration.toNanos() + " ns";
  }

  private static Optional<Duration> multiple(String number, Duration unit) {
    try {
      return Optional.of(
          Duration.ofNanos(
              new BigDecimal(number)
                  .multiply(BigDecimal.valueOf(unit.toNanos()))
                  .longValueExact()));
    } catch (ArithmeticException e) {
      return Optional.empty();
    }
  }
}
