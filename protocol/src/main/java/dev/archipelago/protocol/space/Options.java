package dev.archipelago.protocol.space;

import java.util.List;
import java.util.stream.IntStream;

/**
 * What spaces ask of their settings, and options as a decision's labels.
 *
 * <p>Every check throws {@link IllegalArgumentException} with a message that starts with the
 * setting's key: whoever reads a spec is told it there.
 */
final class Options {
  private Options() {}

  /** Refuses a list that is empty or has an option twice. */
  static void different(String key, List<?> options) {
    if (options.isEmpty() || options.stream().distinct().count() < options.size()) {
      throw new IllegalArgumentException(key + " must be a list of different options");
    }
  }

  /** Refuses a number out of a range, both ends of which are allowed. */
  static void within(String key, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          key + " must be " + least + " to " + most + ", got " + value);
    }
  }

  /** Refuses a list whose numbers are not {@link #different} or not all in the range. */
  static void within(String key, List<Integer> options, int least, int most) {
    different(key, options);
    options.forEach(option -> within(key, option, least, most));
  }

  /** As {@link #within}, and refuses even numbers. */
  static void oddWithin(String key, List<Integer> options, int least, int most) {
    within(key, options, least, most);
    for (int option : options) {
      if (option % 2 == 0) {
        throw new IllegalArgumentException(key + " must be odd, got " + option);
      }
    }
  }

  static List<String> text(List<Integer> options) {
    return options.stream().map(String::valueOf).toList();
  }

  /** "1", "2" and so on. */
  static List<String> upTo(int most) {
    return IntStream.rangeClosed(1, most).mapToObj(String::valueOf).toList();
  }
}
