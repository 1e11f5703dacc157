package dev.archipelago.controller.strategy;

/**
 * What a spec says under {@code strategy}, as a strategy's kind reads it.
 *
 * <p>Whoever implements this knows the file: it names line, key and allowed range in its own kind
 * of exception, and after the reading it refuses every key that nobody asked for. So asking for a
 * key is what makes it known.
 */
public interface Settings {

  /**
   * @param key in kebab-case, {@code learning-rate}
   * @param otherwise the value where the spec says nothing; within the range
   * @param least smallest value allowed
   * @param most largest value allowed
   */
  int integer(String key, int otherwise, int least, int most);

  /** As {@link #integer}; NaN and infinities are never allowed. */
  double number(String key, double otherwise, double least, double most);

  /** Says nothing at all: every setting gets its default. */
  static Settings none() {
    return new Settings() {
      @Override
      public int integer(String key, int otherwise, int least, int most) {
        return otherwise;
      }

      @Override
      public double number(String key, double otherwise, double least, double most) {
        return otherwise;
      }
    };
  }
}
