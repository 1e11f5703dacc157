package dev.archipelago.controller.tabular;

import static dev.archipelago.controller.tabular.PairedVerdict.Outcome.BETTER;
import static dev.archipelago.controller.tabular.PairedVerdict.Outcome.NOT_TOLD_APART;
import static dev.archipelago.controller.tabular.PairedVerdict.Outcome.WORSE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.archipelago.protocol.random.SplitMix64;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class PairedVerdictTest {

  /** About normal: the sum of twelve uniforms. */
  private static double[] normal(int pairs, double mean, long seed) {
    SplitMix64 random = new SplitMix64(seed);
    return DoubleStream.generate(
            () -> mean - 6 + DoubleStream.generate(random::nextDouble).limit(12).sum())
        .limit(pairs)
        .toArray();
  }

  private static double[] zeros(int pairs) {
    return new double[pairs];
  }

  @Test
  void intervalOfManyNormalPairsIsTheOneOfTheTextbook() {
    double[] values = normal(400, 0.3, 1);
    PairedVerdict verdict = PairedVerdict.of(values, zeros(400), 7);
    double mean = DoubleStream.of(values).average().orElseThrow();
    assertThat(verdict.difference()).isCloseTo(mean, within(1e-12));
    assertThat(verdict.standardError()).isCloseTo(1 / 20.0, within(0.004));
    assertThat(verdict.low()).isCloseTo(mean - 1.966 * verdict.standardError(), within(0.008));
    assertThat(verdict.high()).isCloseTo(mean + 1.966 * verdict.standardError(), within(0.008));
  }

  @Test
  void saysWhichIsBetter() {
    assertThat(PairedVerdict.of(normal(30, 2, 1), zeros(30), 7).outcome()).isEqualTo(BETTER);
    assertThat(PairedVerdict.of(zeros(30), normal(30, 2, 1), 7).outcome()).isEqualTo(WORSE);
    assertThat(PairedVerdict.of(normal(30, 0, 1), zeros(30), 7).outcome())
        .isEqualTo(NOT_TOLD_APART);
  }

  @Test
  void whatTheSeedsHaveInCommonCancels() {
    double[] seeds = normal(30, 0, 1);
    double[] better = DoubleStream.of(seeds).map(x -> x + 0.01).toArray();
    assertThat(PairedVerdict.of(better, seeds, 7).outcome()).isEqualTo(BETTER);
  }

  @Test
  void sevenOfSevenAreNotEnough() {
    assertThat(PairedVerdict.of(normal(7, 9, 1), zeros(7), 7).outcome()).isEqualTo(NOT_TOLD_APART);
    assertThat(PairedVerdict.of(normal(8, 9, 1), zeros(8), 7).outcome()).isEqualTo(BETTER);
  }

  @Test
  void equalResultsAreNotToldApart() {
    PairedVerdict verdict = PairedVerdict.of(normal(9, 1, 1), normal(9, 1, 1), 7);
    assertThat(verdict).isEqualTo(new PairedVerdict(9, 0, 0, 0, 0));
    assertThat(verdict.outcome()).isEqualTo(NOT_TOLD_APART);
    assertThat(verdict.pairsNeeded()).isEmpty();
  }

  @Test
  void sameSeedSameInterval() {
    assertThat(PairedVerdict.of(normal(20, 0, 3), zeros(20), 5))
        .isEqualTo(PairedVerdict.of(normal(20, 0, 3), zeros(20), 5))
        .isNotEqualTo(PairedVerdict.of(normal(20, 0, 3), zeros(20), 6));
  }

  /** Cohen 1988, Table 2.4.1 for one sample: 34 for half a deviation, 199 for a fifth. */
  @Test
  void pairsNeededAreThoseOfTheTables() {
    assertThat(new PairedVerdict(25, 0.5, 0.2, 0, 0).pairsNeeded()).hasValue(34);
    assertThat(new PairedVerdict(25, -0.2, 0.2, 0, 0).pairsNeeded()).hasValue(199);
    assertThat(new PairedVerdict(25, 50, 0.2, 0, 0).pairsNeeded()).hasValue(8);
    assertThat(new PairedVerdict(25, 1e-300, 0.2, 0, 0).pairsNeeded())
        .hasValue(1_000_000_000_000_000L);
  }

  @Test
  void refusesWhatAreNoPairs() {
    assertThatThrownBy(() -> PairedVerdict.of(zeros(3), zeros(4), 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("needs two or more pairs, got 3 and 4 results");
    assertThatThrownBy(() -> PairedVerdict.of(zeros(1), zeros(1), 1))
        .hasMessage("needs two or more pairs, got 1 and 1 results");
  }

  @Test
  void saysItInWords() {
    assertThat(new PairedVerdict(25, 0.005, 0.002, 0.0011, 0.0089).sentence("ppo", "random"))
        .isEqualTo(
            "ppo is better than random by 0.500 points (95 % interval of the difference 0.110 to"
                + " 0.890, paired bootstrap, 25 pairs of runs). If that is the true difference,"
                + " about 34 pairs show it in four of five comparisons.");
    assertThat(new PairedVerdict(25, -0.005, 0.002, -0.0089, -0.0011).sentence("ppo", "random"))
        .startsWith(
            "ppo is worse than random by 0.500 points (95 % interval of the difference -0.");
    assertThat(new PairedVerdict(25, -0.001, 0.002, -0.0049, 0.0029).sentence("ppo", "random"))
        .startsWith("ppo and random cannot be told apart: ppo is behind by 0.100 points (");
    assertThat(new PairedVerdict(5, 0.005, 0.002, 0.0011, 0.0089).sentence("ppo", "random"))
        .startsWith("ppo and random cannot be told apart: ppo is ahead by 0.500 points (")
        .endsWith("Fewer than 8 pairs are never told apart.");
    assertThat(new PairedVerdict(25, 0, 0, 0, 0).sentence("ppo", "ppo")).endsWith("of runs).");
  }
}
