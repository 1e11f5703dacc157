package dev.archipelago.controller.strategy;

import dev.archipelago.controller.settings.Settings;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Settings written down in code; a value out of range is a bug of the test. */
public record FixedSettings(Map<String, Object> values) implements Settings {
  public FixedSettings {
    values = Map.copyOf(values);
  }

  @Override
  public int integer(String key, int otherwise, int least, int most) {
    return (int) number(key, otherwise, least, most);
  }

  @Override
  public double number(String key, double otherwise, double least, double most) {
    double value = ((Number) values.getOrDefault(key, otherwise)).doubleValue();
    if (!(value >= least && value <= most)) {
      throw new AssertionError(key + " must be " + least + " to " + most + ", got " + value);
    }
    return value;
  }

  @Override
  public boolean flag(String key, boolean otherwise) {
    return (boolean) values.getOrDefault(key, otherwise);
  }

  @Override
  public String choice(String key, String otherwise, List<String> words) {
    return allowed(key, (String) values.getOrDefault(key, otherwise), words);
  }

  @Override
  @SuppressWarnings("unchecked") // a test writes what the kind reads
  public List<Integer> integers(String key, List<Integer> otherwise, int least, int most) {
    return (List<Integer>) values.getOrDefault(key, otherwise);
  }

  @Override
  @SuppressWarnings("unchecked") // a test writes what the kind reads
  public List<String> choices(String key, List<String> otherwise, List<String> words) {
    List<String> chosen = (List<String>) values.getOrDefault(key, otherwise);
    chosen.forEach(word -> allowed(key, word, words));
    return chosen;
  }

  @Override
  @SuppressWarnings("unchecked") // a test writes what the kind reads
  public <T> T nested(String key, Function<Settings, T> reading) {
    return reading.apply(
        new FixedSettings((Map<String, Object>) values.getOrDefault(key, Map.of())));
  }

  @Override
  public void exclude(String key, String reason) {
    if (values.containsKey(key)) {
      throw new AssertionError(key + " " + reason);
    }
  }

  private static String allowed(String key, String word, List<String> words) {
    if (!words.contains(word)) {
      throw new AssertionError(key + " must be one of " + words + ", got " + word);
    }
    return word;
  }
}
