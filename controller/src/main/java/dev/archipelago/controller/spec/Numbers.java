package dev.archipelago.controller.spec;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers as specs write them, read and written without loss. */
final class Numbers {
  private static final Pattern WHOLE = Pattern.compile("[-+]?[0-9]{1,30}");
  private static final Pattern DECIMAL =
      Pattern.compile("[-+]?([0-9]{1,30}(\\.[0-9]{0,30})?|\\.[0-9]{1,30})([eE][-+]?[0-9]{1,4})?");
  private static final Pattern COUNT =
      Pattern.compile("([0-9]{1,30}(?:\\.[0-9]{1,30})?)\\s*([kKMG]?)");
  private static final List<String> SUFFIXES = List.of("", "k", "M", "G");

  private Numbers() {}

  static Optional<BigInteger> whole(String text) {
    return WHOLE.matcher(text).matches() ? Optional.of(new BigInteger(text)) : Optional.empty();
  }

  /** Finite numbers only; minus zero is zero. */
  static Optional<Double> decimal(String text) {
    return DECIMAL.matcher(text).matches()
        ? Optional.of(Double.parseDouble(text) + 0.0).filter(Double::isFinite)
        : Optional.empty();
  }

  /** The shortest text that {@link #decimal} reads back to the same bits. */
  static String write(double value) {
    BigDecimal exact = new BigDecimal(Double.toString(value)).stripTrailingZeros();
    String plain = exact.toPlainString();
    return plain.length() <= 12 ? plain : Double.toString(value);
  }

  /**
   * A count with an optional k, M or G (thousand, million, billion): {@code 200k}, {@code 1.5M}.
   */
  static Optional<Long> count(String text) {
    Matcher match = COUNT.matcher(text);
    if (!match.matches()) {
      return Optional.empty();
    }
    int thousands = SUFFIXES.indexOf(match.group(2).replace('K', 'k'));
    try {
      return Optional.of(
          new BigDecimal(match.group(1)).scaleByPowerOfTen(3 * thousands).longValueExact());
    } catch (ArithmeticException e) {
      return Optional.empty(); // a fraction, or past 2^63
    }
  }

  /** With the largest suffix that loses nothing. */
  static String writeCount(long count) {
    long rest = count;
    int thousands = 0;
    while (thousands < SUFFIXES.size() - 1 && rest != 0 && rest % 1000 == 0) {
      rest /= 1000;
      thousands++;
    }
    return rest + SUFFIXES.get(thousands);
  }
}
