package dev.archipelago.controller.strategy.genotype;

import dev.archipelago.protocol.random.SplitMix64;
import dev.archipelago.protocol.space.Architecture;
import dev.archipelago.protocol.space.Decision;
import dev.archipelago.protocol.space.SearchSpace;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * All the lists of values that a space has, by nothing but its decisions' cardinalities.
 *
 * @param space the kind of the space
 */
public record Genotypes(String space, List<Integer> cardinalities) {
  public Genotypes {
    cardinalities = List.copyOf(cardinalities);
  }

  public static Genotypes of(SearchSpace space) {
    return new Genotypes(
        space.kind(), space.decisions().stream().map(Decision::cardinality).toList());
  }

  public BigInteger size() {
    return cardinalities.stream()
        .map(BigInteger::valueOf)
        .reduce(BigInteger.ONE, BigInteger::multiply);
  }

  /**
   * The genotype with a number, the last decision counting fastest.
   *
   * @param number in [0, {@link #size})
   */
  public Architecture at(BigInteger number) {
    Integer[] values = new Integer[cardinalities.size()];
    BigInteger rest = number;
    for (int i = values.length - 1; i >= 0; i--) {
      BigInteger[] parts = rest.divideAndRemainder(BigInteger.valueOf(cardinalities.get(i)));
      values[i] = parts[1].intValue();
      rest = parts[0];
    }
    if (rest.signum() != 0) {
      throw new IllegalArgumentException("there are " + size() + " genotypes, no number " + number);
    }
    return new Architecture(space, List.of(values));
  }

  /** How many genotypes differ from any given one in exactly one decision. */
  public int neighbours() {
    return cardinalities.stream().mapToInt(cardinality -> cardinality - 1).sum();
  }

  /**
   * One of the genotypes that differ in exactly one decision.
   *
   * @param number in [0, {@link #neighbours})
   */
  public Architecture neighbour(Architecture architecture, int number) {
    int decision = 0;
    int rest = number;
    while (rest >= cardinalities.get(decision) - 1) {
      rest -= cardinalities.get(decision) - 1;
      decision++;
    }
    return architecture.with(decision, rest < architecture.value(decision) ? rest : rest + 1);
  }

  /**
   * One decision taken otherwise: first the decision, then its new value, each with equal
   * probability. Where no decision has two values, the architecture itself.
   */
  public Architecture mutate(Architecture architecture, SplitMix64 random) {
    List<Integer> open = open();
    if (open.isEmpty()) {
      return architecture;
    }
    int decision = open.get(random.nextInt(open.size()));
    int value = random.nextInt(cardinalities.get(decision) - 1);
    return architecture.with(decision, value < architecture.value(decision) ? value : value + 1);
  }

  /** The decisions that are any. */
  private List<Integer> open() {
    List<Integer> open = new ArrayList<>();
    for (int i = 0; i < cardinalities.size(); i++) {
      if (cardinalities.get(i) > 1) {
        open.add(i);
      }
    }
    return open;
  }

  /**
   * Refuses what is none of these. A space's own {@code check} says more, but goes through all
   * decisions with their names.
   *
   * @throws IllegalArgumentException naming the values
   */
  public void check(Architecture architecture) {
    if (!contains(architecture)) {
      throw new IllegalArgumentException(
          "%s of space %s are no genotype of %s with cardinalities %s"
              .formatted(architecture.values(), architecture.space(), space, cardinalities));
    }
  }

  /** Whether it is one of these. */
  public boolean contains(Architecture architecture) {
    List<Integer> values = architecture.values();
    boolean fits = architecture.space().equals(space) && values.size() == cardinalities.size();
    for (int i = 0; fits && i < values.size(); i++) {
      fits = values.get(i) >= 0 && values.get(i) < cardinalities.get(i);
    }
    return fits;
  }

  /** In how many decisions two genotypes differ: the Hamming distance. */
  public static int distance(Architecture one, Architecture other) {
    return (int)
        IntStream.range(0, one.values().size()).filter(i -> one.value(i) != other.value(i)).count();
  }
}
