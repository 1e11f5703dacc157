package dev.archipelago.controller.tabular;

import static org.assertj.core.api.Assertions.assertThat;

import dev.archipelago.protocol.random.SplitMix64;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random search against itself: 1,000 comparisons of different seeds, which may come out as
 * "better" in at most 5 % of cases.
 */
class CalibrationTest {
  private static final int COMPARISONS = 1_000;
  private static final int TRIALS = 110;

  private static final double MOST_BETTER = 0.05;

  /** 5 % and three standard errors of 1,000 comparisons. */
  private static final double MOST_TOLD_APART = 0.07;

  @ParameterizedTest
  @ValueSource(ints = {5, 8, 10, 20, 40})
  void bestOfManyDrawsAgainstItself(int pairs) {
    // Skewed as accuracies are: most architectures are good, some very bad.
    check(pairs, random -> best(() -> 0.85 - 0.02 * -Math.log(1 - random.nextDouble())));
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 10, 20, 40})
  void randomSearchOnTheTableAgainstItself(int pairs) {
    List<Entry> entries = RealTable.read().entries();
    check(
        pairs,
        random ->
            best(
                () ->
                    entries
                        .get(random.nextInt(entries.size()))
                        .validation12()
                        .orElse(Double.NEGATIVE_INFINITY)));
  }

  private interface Run {
    double result(SplitMix64 random);
  }

  private interface Draw {
    double accuracy();
  }

  private static double best(Draw draw) {
    double best = draw.accuracy();
    for (int i = 1; i < TRIALS; i++) {
      best = Math.max(best, draw.accuracy());
    }
    return best;
  }

  private static void check(int pairs, Run run) {
    double[] pool = new double[2 * COMPARISONS * pairs];
    for (int i = 0; i < pool.length; i++) {
      pool[i] = run.result(SplitMix64.of(2026, i));
    }
    int better = 0;
    int worse = 0;
    for (int i = 0; i < COMPARISONS; i++) {
      int from = 2 * i * pairs;
      double[] one = Arrays.copyOfRange(pool, from, from + pairs);
      double[] other = Arrays.copyOfRange(pool, from + pairs, from + 2 * pairs);
      PairedVerdict.Outcome outcome = PairedVerdict.of(one, other, i).outcome();
      better += outcome == PairedVerdict.Outcome.BETTER ? 1 : 0;
      worse += outcome == PairedVerdict.Outcome.WORSE ? 1 : 0;
    }
    assertThat(better / (double) COMPARISONS).isLessThanOrEqualTo(MOST_BETTER);
    assertThat(worse / (double) COMPARISONS).isLessThanOrEqualTo(MOST_BETTER);
    assertThat((better + worse) / (double) COMPARISONS).isLessThanOrEqualTo(MOST_TOLD_APART);
  }
}
