package dev.archipelago.controller.strategy;

import java.util.Map;

/** Settings written down in code; a value out of range is a bug of the test. */
public record FixedSettings(Map<String, Number> values) implements Settings {
  public FixedSettings {
    values = Map.copyOf(values);
  }

  @Override
  public int integer(String key, int otherwise, int least, int most) {
    return (int) number(key, otherwise, least, most);
  }

  @Override
  public double number(String key, double otherwise, double least, double most) {
    double value = values.getOrDefault(key, otherwise).doubleValue();
    if (!(value >= least && value <= most)) {
      throw new AssertionError(key + " must be " + least + " to " + most + ", got " + value);
    }
    return value;
  }
}
