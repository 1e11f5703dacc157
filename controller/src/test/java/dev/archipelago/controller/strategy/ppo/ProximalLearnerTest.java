package dev.archipelago.controller.strategy.ppo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.archipelago.controller.settings.Settings;
import dev.archipelago.controller.strategy.EdgeSpace;
import dev.archipelago.controller.strategy.FixedSettings;
import dev.archipelago.controller.strategy.Searches;
import dev.archipelago.controller.strategy.StrategyContext;
import dev.archipelago.controller.strategy.Told;
import dev.archipelago.protocol.space.Architecture;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class ProximalLearnerTest {
  private static final StrategyContext CONTEXT = new StrategyContext(new EdgeSpace(), 60, 7);
  private static final Ppo THREES =
      Ppo.read(60, new FixedSettings(Map.of("batch", 3, "epochs", 2, "hidden", 4)));

  private static ProximalLearner learner(int told) {
    ProximalLearner learner = (ProximalLearner) THREES.start(CONTEXT);
    for (int n = 0; n < told; n++) {
      learner = tell(propose(learner, n), n, 0.1 * (n % 4));
    }
    return learner;
  }

  private static ProximalLearner propose(ProximalLearner learner, int n) {
    return (ProximalLearner) learner.proposed(n, Searches.ask(learner, n, 7));
  }

  private static ProximalLearner tell(ProximalLearner learner, int n, double reward) {
    return tell(learner, n, Searches.ask(learner, n, 7), OptionalDouble.of(reward));
  }

  private static ProximalLearner tell(
      ProximalLearner learner, int n, Architecture architecture, OptionalDouble reward) {
    return (ProximalLearner) learner.tell(new Told(n, architecture, reward));
  }

  @Test
  void takesEveryEpochsStepWhenABatchIsWhole() {
    ProximalLearner learner = learner(0);
    for (int n = 0; n < 12; n++) {
      ProximalLearner next = tell(propose(learner, n), n, n % 5);
      assertThat(next.weights().updates()).isEqualTo(2L * ((n + 1) / 3));
      assertThat(next.pending()).hasSize((n + 1) % 3);
      assertThat(next.asked()).isEmpty();
      learner = next;
    }
  }

  @Test
  void keepsTheProbabilitiesOfThePolicyThatWroteAProposal() {
    ProximalLearner learner = learner(4);
    Architecture architecture = Searches.ask(learner, 4, 7);
    List<Double> then = logProbabilities(learner, architecture);
    learner = propose(learner, 4);
    for (int n = 5; n < 7; n++) {
      learner = tell(propose(learner, n), n, n);
    }
    assertThat(logProbabilities(learner, architecture)).isNotEqualTo(then); // it learned meanwhile
    assertThat(learner.asked()).containsOnlyKeys(4).containsValue(then);
    learner = tell(learner, 4, architecture, OptionalDouble.of(3));
    assertThat(learner.pending()).singleElement().extracting("logProbabilities").isEqualTo(then);
    assertThat(learner.asked()).isEmpty();
  }

  private static List<Double> logProbabilities(ProximalLearner learner, Architecture architecture) {
    int[] values = architecture.toArray();
    double[] logs = learner.network().logProbabilities(learner.weights().values(), values);
    return DoubleStream.of(logs).boxed().toList();
  }

  @Test
  void aGoodResultBecomesLikelierAndABadOneOrAFailureLess() {
    Ppo single = Ppo.read(60, new FixedSettings(Map.of("batch", 1, "entropy", 0)));
    ProximalLearner learner = (ProximalLearner) single.start(CONTEXT);
    learner = tell(propose(learner, 0), 0, 0.4);
    learner = tell(propose(learner, 1), 1, 0.5);
    Architecture architecture = Searches.ask(learner, 2, 7);
    learner = propose(learner, 2);
    double before = likelihood(learner, architecture);
    assertThat(likelihood(tell(learner, 2, architecture, OptionalDouble.of(0.9)), architecture))
        .isGreaterThan(before);
    ProximalLearner worst = tell(learner, 2, architecture, OptionalDouble.of(0.4));
    assertThat(likelihood(worst, architecture)).isLessThan(before);
    ProximalLearner failed = tell(learner, 2, architecture, OptionalDouble.empty());
    assertThat(failed.encode()).isEqualTo(worst.encode());
  }

  private static double likelihood(ProximalLearner learner, Architecture architecture) {
    return logProbabilities(learner, architecture).stream().mapToDouble(x -> x).sum();
  }

  /** Many epochs on one result: the clip stops them, all but the momentum of what went before. */
  @Test
  void clipBoundsWhatOneBatchTeaches() {
    assertThat(change(0.1)).isLessThan(change(0.99) / 2);
  }

  private static double change(double clip) {
    Map<String, Object> settings =
        Map.of("batch", 1, "epochs", 100, "entropy", 0, "clip", clip, "learning-rate", 0.001);
    ProximalLearner learner =
        (ProximalLearner) Ppo.read(60, new FixedSettings(settings)).start(CONTEXT);
    learner = tell(propose(learner, 0), 0, 0.5); // the first teaches nothing
    Architecture architecture = Searches.ask(learner, 1, 7);
    learner = propose(learner, 1);
    double before = likelihood(learner, architecture);
    return likelihood(tell(learner, 1, architecture, OptionalDouble.of(0.9)), architecture)
        - before;
  }

  @Test
  void defaultsFollowTheBudget() {
    assertThat(Ppo.read(20, Settings.none()).policy().learningRate()).isEqualTo(0.01);
    assertThat(Ppo.read(500, Settings.none()).policy().learningRate()).isEqualTo(0.0067);
    assertThat(Ppo.read(20_000, Settings.none()).policy().learningRate()).isEqualTo(0.0011);
  }

  @Test
  void refusesAResultThatItNeverProposed() {
    Architecture architecture = Searches.ask(learner(0), 0, 7);
    assertThatThrownBy(() -> learner(2).tell(new Told(9, architecture, OptionalDouble.empty())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a result of proposal 9, which was never made");
  }

  @Test
  void refusesACountThatCannotBe() {
    byte[] state = propose(learner(4), 4).encode();
    state[1 + 4 * Long.BYTES] = Byte.MIN_VALUE; // after the format and the baseline
    assertThatThrownBy(() -> THREES.decode(CONTEXT, state))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("-2147483647 proposals");
  }
}
