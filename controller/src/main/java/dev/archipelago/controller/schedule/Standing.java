package dev.archipelago.controller.schedule;

/**
 * A result on one rung. The natural order is that of {@link Standings}: the better first, of equal
 * ones the earlier configuration.
 *
 * @param reward larger is better, finite
 */
public record Standing(int configuration, double reward) implements Comparable<Standing> {
  @Override
  public int compareTo(Standing other) {
    int better = Double.compare(other.reward, reward);
    return better != 0 ? better : Integer.compare(configuration, other.configuration);
  }
}
