package dev.archipelago.controller.settings;

import java.util.List;
import java.util.function.Function;

/**
 * What a spec says under {@code space}, {@code strategy} or {@code schedule}, as a kind of its own
 * reads it.
 *
 * <p>Whoever implements this knows the file: it names line, key and allowed values in its own kind
 * of exception, and after the reading it refuses every key that nobody asked for. So asking for a
 * key is what makes it known. {@code otherwise} is the value where the spec says nothing; it is
 * within what is allowed. Keys are in kebab-case, {@code learning-rate}.
 */
public interface Settings {

  /**
   * @param least smallest value allowed
   * @param most largest value allowed
   */
  int integer(String key, int otherwise, int least, int most);

  /** As {@link #integer}; NaN and infinities are never allowed. */
  double number(String key, double otherwise, double least, double most);

  boolean flag(String key, boolean otherwise);

  /** One of some words. */
  String choice(String key, String otherwise, List<String> words);

  /** Different whole numbers, at least one, in the order of the spec. */
  List<Integer> integers(String key, List<Integer> otherwise, int least, int most);

  /** Different words out of some, at least one, in the order of the spec. */
  List<String> choices(String key, List<String> otherwise, List<String> words);

  /**
   * What is read from the map behind a key; where the spec has none, from one that says nothing.
   * There, too, every key that {@code reading} did not ask for is refused.
   */
  <T> T nested(String key, Function<Settings, T> reading);

  /**
   * Refuses a key, where the spec has it, that means nothing beside the other settings; whoever
   * reads goes on as though it were not there.
   *
   * @param reason what follows the key in a sentence: {@code means nothing with order: 1}
   */
  void exclude(String key, String reason);

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

      @Override
      public boolean flag(String key, boolean otherwise) {
        return otherwise;
      }

      @Override
      public String choice(String key, String otherwise, List<String> words) {
        return otherwise;
      }

      @Override
      public List<Integer> integers(String key, List<Integer> otherwise, int least, int most) {
        return otherwise;
      }

      @Override
      public List<String> choices(String key, List<String> otherwise, List<String> words) {
        return otherwise;
      }

      @Override
      public <T> T nested(String key, Function<Settings, T> reading) {
        return reading.apply(this);
      }

      @Override
      public void exclude(String key, String reason) {
        // nothing is there
      }
    };
  }
}
