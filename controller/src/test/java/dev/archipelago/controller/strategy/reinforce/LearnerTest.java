package dev.archipelago.controller.strategy.reinforce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.archipelago.controller.settings.Settings;
import dev.archipelago.controller.strategy.EdgeSpace;
import dev.archipelago.controller.strategy.FixedSettings;
import dev.archipelago.controller.strategy.Searches;
import dev.archipelago.controller.strategy.StrategyContext;
import dev.archipelago.controller.strategy.Told;
import dev.archipelago.protocol.space.Architecture;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class LearnerTest {
  private static final StrategyContext CONTEXT = new StrategyContext(new EdgeSpace(), 60, 7);
  private static final Reinforce THREES =
      Reinforce.read(60, new FixedSettings(Map.of("batch", 3, "hidden", 4)));

  private static Learner learner(int told) {
    Learner learner = (Learner) THREES.start(CONTEXT);
    for (int n = 0; n < told; n++) {
      learner = tell(learner, n, OptionalDouble.of(0.1 * (n % 4)));
    }
    return learner;
  }

  private static Learner tell(Learner learner, int n, OptionalDouble reward) {
    Architecture architecture = Searches.ask(learner, n, 7);
    return (Learner) learner.tell(new Told(n, architecture, reward));
  }

  @Test
  void changesItsWeightsWhenAGenerationIsWhole() {
    Learner learner = learner(0);
    for (int n = 0; n < 12; n++) {
      Learner next = tell(learner, n, OptionalDouble.of(n % 5));
      assertThat(next.weights().updates()).isEqualTo((n + 1) / 3);
      assertThat(next.pending()).hasSize((n + 1) % 3);
      assertThat(next.weights() == learner.weights()).isEqualTo((n + 1) % 3 != 0);
      learner = next;
    }
  }

  @Test
  void aGoodResultBecomesLikelierAndABadOneLess() {
    Learner learner =
        (Learner) Reinforce.read(60, new FixedSettings(Map.of("entropy", 0))).start(CONTEXT);
    learner = tell(learner, 0, OptionalDouble.of(0.5));
    learner = tell(learner, 1, OptionalDouble.of(0.5));
    Architecture architecture = Searches.ask(learner, 2, 7);
    double before = likelihood(learner, architecture);
    Told good = new Told(2, architecture, OptionalDouble.of(0.9));
    Told bad = new Told(2, architecture, OptionalDouble.of(0.1));
    Told failed = new Told(2, architecture, OptionalDouble.empty());
    assertThat(likelihood((Learner) learner.tell(good), architecture)).isGreaterThan(before);
    assertThat(likelihood((Learner) learner.tell(bad), architecture)).isLessThan(before);
    assertThat(likelihood((Learner) learner.tell(failed), architecture)).isEqualTo(before);
  }

  private static double likelihood(Learner learner, Architecture architecture) {
    int[] values = architecture.toArray();
    return learner.network().likelihood(learner.weights().values(), values).logProbability();
  }

  @Test
  void defaultsFollowTheBudget() {
    assertThat(Reinforce.read(20, Settings.none()).policy().learningRate()).isEqualTo(0.02);
    assertThat(Reinforce.read(500, Settings.none()).policy().learningRate()).isEqualTo(0.013);
    assertThat(Reinforce.read(12_800, Settings.none()).policy().learningRate()).isEqualTo(0.0027);
  }

  @Test
  void refusesACountThatCannotBe() {
    byte[] state = learner(4).encode();
    state[1 + 4 * Long.BYTES] = 1; // after the format and the baseline
    assertThatThrownBy(() -> THREES.decode(CONTEXT, state))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("16777217 pending children");
  }
}
