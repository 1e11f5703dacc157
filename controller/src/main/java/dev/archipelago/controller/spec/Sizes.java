package dev.archipelago.controller.spec;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes of memories with their unit: {@code 8 GiB}, {@code 1.5GB}, {@code 512 MiB}. */
public final class Sizes {
  static final String UNITS = "B, kB, MB, GB, KiB, MiB, GiB or TiB";

  private static final Pattern FORM =
      Pattern.compile("([0-9]{1,18}(?:\\.[0-9]{1,18})?)\\s*([A-Za-z]+)");

  /** The one to write in comes first. */
  private static final Map<String, Long> BY_NAME = new LinkedHashMap<>();

  static {
    BY_NAME.put("TiB", 1L << 40);
    BY_NAME.put("GiB", 1L << 30);
    BY_NAME.put("MiB", 1L << 20);
    BY_NAME.put("KiB", 1L << 10);
    BY_NAME.put("GB", 1_000_000_000L);
    BY_NAME.put("MB", 1_000_000L);
    BY_NAME.put("kB", 1_000L);
    BY_NAME.put("B", 1L);
  }

  private Sizes() {}

  /** Whole bytes below 2^63; nothing without a unit. */
  static Optional<Long> parse(String text) {
    Matcher match = FORM.matcher(text.strip());
    Long unit = match.matches() ? BY_NAME.get(match.group(2)) : null;
    if (unit == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new BigDecimal(match.group(1)).multiply(BigDecimal.valueOf(unit)).longValueExact());
    } catch (ArithmeticException e) {
      return Optional.empty(); // a fraction of a byte, or past 2^63
    }
  }

  /** In the first unit that takes a whole number, so that {@link #parse} reads the same back. */
  public static String write(long bytes) {
    for (Map.Entry<String, Long> unit : BY_NAME.entrySet()) {
      if (bytes % unit.getValue() == 0 && bytes != 0) {
        return bytes / unit.getValue() + " " + unit.getKey();
      }
    }
    return bytes + " B";
  }

  /** For people: {@code 139.8 GiB}. */
  public static String rough(long bytes) {
    return bytes < 1L << 30
        ? (bytes >> 20) + " MiB"
        : Text.format("%.1f GiB", bytes / (double) (1L << 30));
  }
}
