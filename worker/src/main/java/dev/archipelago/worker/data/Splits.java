package dev.archipelago.worker.data;

import dev.archipelago.protocol.random.SplitMix64;
import dev.archipelago.protocol.trial.Split;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which examples a search trains on and which it validates on.
 *
 * <p>{@link #of} is stratified, so that each class's share of both is its share of the whole, to
 * within one example. The same examples, limit and split give the same indices on every worker.
 * Each class is shuffled by (seed, class) and cut twice: the limit takes its first examples,
 * validation the first of those. So a smaller limit's examples are among a larger one's.
 */
public final class Splits {
  /** Keeps the halves' order apart from the classes', whose keys count from 0. */
  private static final long HALVES = -1;

  private final int[] training;
  private final int[] validation;

  Splits(int[] training, int[] validation) {
    this.training = training;
    this.validation = validation;
  }

  /**
   * @param limit at most so many for training and validation together; 0 for all
   * @throws DatasetException where one of the two would be empty
   */
  public static Splits of(ExampleSet examples, int limit, Split split) {
    int[][] classes = shuffledClasses(examples, split.seed());
    int[] sizes = Arrays.stream(classes).mapToInt(c -> c.length).toArray();
    if (limit > 0 && limit < examples.size()) {
      sizes = apportion(sizes, limit);
    }
    int total = Arrays.stream(sizes).sum();
    int held = Math.toIntExact(Math.round(total * split.validationFraction()));
    if (held == 0 || held == total) {
      throw new DatasetException(
          "%d examples cannot be split: a validation fraction of %s leaves %s"
              .formatted(
                  total,
                  split.validationFraction(),
                  held == 0 ? "none to validate on" : "none to train on"));
    }
    int[] heldSizes = apportion(sizes, held);
    IntStream.Builder training = IntStream.builder();
    IntStream.Builder validation = IntStream.builder();
    for (int c = 0; c < classes.length; c++) {
      for (int i = 0; i < sizes[c]; i++) {
        (i < heldSizes[c] ? validation : training).add(classes[c][i]);
      }
    }
    return new Splits(training.build().sorted().toArray(), validation.build().sorted().toArray());
  }

  /** Indices of the examples to train on, ascending. */
  public int[] training() {
    return training.clone();
  }

  /** Indices of the examples held out, ascending. */
  public int[] validation() {
    return validation.clone();
  }

  /** Training and validation together, ascending: what the chosen network is trained on at last. */
  public int[] both() {
    return IntStream.concat(Arrays.stream(training), Arrays.stream(validation)).sorted().toArray();
  }

  /**
   * The training examples in two halves with the classes in equal parts, for a search that learns
   * the architecture on one and the weights on the other (DARTS, arXiv:1806.09055v2, §3.1.1).
   *
   * @return the weights' half, then the architecture's; indices ascending
   * @throws DatasetException where one of the two would be empty
   */
  public List<int[]> halves(ExampleSet examples, long seed) {
    IntStream.Builder first = IntStream.builder();
    IntStream.Builder second = IntStream.builder();
    int[] order = training.clone();
    SplitMix64.of(seed, HALVES).shuffle(order);
    int[] seen = new int[examples.task().classes()];
    for (int index : order) {
      (seen[examples.label(index)]++ % 2 == 0 ? first : second).add(index);
    }
    int[] rest = second.build().sorted().toArray();
    if (rest.length == 0) {
      throw new DatasetException("no class has two training examples, one for each half");
    }
    return List.of(first.build().sorted().toArray(), rest);
  }

  private static int[][] shuffledClasses(ExampleSet examples, long seed) {
    int[] counts = new int[examples.task().classes()];
    for (int i = 0; i < examples.size(); i++) {
      counts[examples.label(i)]++;
    }
    int[][] classes = new int[counts.length][];
    for (int c = 0; c < counts.length; c++) {
      classes[c] = new int[counts[c]];
    }
    int[] next = new int[counts.length];
    for (int i = 0; i < examples.size(); i++) {
      int label = examples.label(i);
      classes[label][next[label]++] = i;
    }
    for (int c = 0; c < classes.length; c++) {
      SplitMix64.of(seed, c).shuffle(classes[c]);
    }
    return classes;
  }

  /**
   * Shares out {@code seats} in proportion to {@code sizes} by largest remainder (Hamilton), lower
   * class first where remainders are equal: each share is its exact proportion rounded down or up.
   */
  static int[] apportion(int[] sizes, int seats) {
    long total = Arrays.stream(sizes).asLongStream().sum();
    int[] shares = new int[sizes.length];
    long[] remainders = new long[sizes.length];
    int left = seats;
    for (int c = 0; c < sizes.length; c++) {
      long exact = (long) sizes[c] * seats; // in units of 1 / total
      shares[c] = Math.toIntExact(exact / total);
      remainders[c] = exact % total;
      left -= shares[c];
    }
    IntStream.range(0, sizes.length)
        .boxed()
        .sorted((a, b) -> Long.compare(remainders[b], remainders[a]))
        .limit(left)
        .forEach(c -> shares[c]++);
    return shares;
  }
}
