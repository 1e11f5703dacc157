package dev.archipelago.deploy.view;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Numbers as people read them; what is not known is a dash. */
public final class Format {
  static final String UNKNOWN = "-";

  private Format() {}

  /** {@code 45,210}. */
  public static String count(@Nullable Long value) {
    return value == null ? UNKNOWN : String.format(Locale.ROOT, "%,d", value);
  }

  /** {@code 3.21 M}: for FLOPs and the like, where three digits say enough. */
  public static String magnitude(@Nullable Long value) {
    if (value == null) {
      return UNKNOWN;
    }
    String[] units = {"", " k", " M", " G", " T", " P"};
    double scaled = value;
    int unit = 0;
    while (scaled >= 1000 && unit < units.length - 1) {
      scaled /= 1000;
      unit++;
    }
    return unit == 0
        ? String.valueOf(value)
        : String.format(Locale.ROOT, scaled >= 100 ? "%.0f%s" : "%.2f%s", scaled, units[unit]);
  }

  /** An accuracy, a fraction: {@code 0.8731}. */
  public static String score(@Nullable Double value) {
    return value == null || value.isNaN() ? UNKNOWN : String.format(Locale.ROOT, "%.4f", value);
  }

  /**
   * A number of any size, such as a reward or a proxy's score: {@code 0.8731}, {@code 12,345.7},
   * {@code 3.21e+14}.
   */
  public static String reward(@Nullable Double value) {
    if (value == null || !Double.isFinite(value)) {
      return UNKNOWN;
    }
    double size = Math.abs(value);
    if (size >= 1e6 || (size > 0 && size < 1e-3)) {
      return String.format(Locale.ROOT, "%.2e", value);
    }
    return String.format(Locale.ROOT, size < 1000 ? "%.4f" : "%,.1f", value);
  }

  /** One digit after the point. */
  public static String decimal(@Nullable Double value) {
    return value == null || value.isNaN() ? UNKNOWN : String.format(Locale.ROOT, "%.1f", value);
  }

  /** {@code 0.61 ms} from microseconds. */
  public static String latency(@Nullable Double micros) {
    if (micros == null || micros.isNaN()) {
      return UNKNOWN;
    }
    return micros < 100
        ? String.format(Locale.ROOT, "%.0f us", micros)
        : String.format(Locale.ROOT, "%.2f ms", micros / 1000);
  }

  /** {@code 1h 02m}, {@code 2m 05s} or {@code 7s}. */
  public static String duration(@Nullable Double seconds) {
    if (seconds == null || seconds.isNaN()) {
      return UNKNOWN;
    }
    long whole = Math.round(seconds);
    long hours = whole / 3600;
    long minutes = whole / 60 % 60;
    if (hours >= 48) {
      return String.format(Locale.ROOT, "%dd %02dh", hours / 24, hours % 24);
    }
    if (hours > 0) {
      return String.format(Locale.ROOT, "%dh %02dm", hours, minutes);
    }
    return minutes > 0 ? String.format(Locale.ROOT, "%dm %02ds", minutes, whole % 60) : whole + "s";
  }

  /** {@code 340 MB}. */
  public static String bytes(@Nullable Long bytes) {
    if (bytes == null) {
      return UNKNOWN;
    }
    return bytes < 1L << 30
        ? (bytes >> 20) + " MB"
        : String.format(Locale.ROOT, "%.1f GB", bytes / (double) (1L << 30));
  }

  /** {@code 2,345 img/s}. */
  static String throughput(@Nullable Double imagesPerSecond) {
    return imagesPerSecond == null || imagesPerSecond.isNaN()
        ? UNKNOWN
        : String.format(Locale.ROOT, "%,.0f img/s", imagesPerSecond);
  }

  public static String text(@Nullable Object value) {
    return value == null || value.toString().isBlank() ? UNKNOWN : value.toString();
  }

  /** {@code "1 trial"}, {@code "2 trials"}. */
  public static String plural(long count, String noun) {
    return String.format(Locale.ROOT, "%,d %s%s", count, noun, count == 1 ? "" : "s");
  }
}
