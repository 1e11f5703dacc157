package dev.archipelago.controller.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.archipelago.controller.settings.Settings;
import dev.archipelago.controller.strategy.FixedSettings;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SchedulersTest {

  @Test
  void everyKindKeepsItsNameAndItsSettings() {
    for (String name : Schedulers.kinds()) {
      SchedulerKind kind = Schedulers.of(name, Settings.none());
      assertThat(kind.kind()).isEqualTo(name);
      assertThat(Schedulers.of(name, new FixedSettings(kind.settings()))).isEqualTo(kind);
    }
  }

  @Test
  void defaultsAreWithinTheirRange() {
    for (String name : Schedulers.kinds()) {
      assertThat(Schedulers.of(name, new FixedSettings(Map.of())))
          .isEqualTo(Schedulers.of(name, Settings.none()));
    }
  }

  @Test
  void namesTheKindsThereAreForOneThatIsNot() {
    assertThatThrownBy(() -> Schedulers.of("halving", Settings.none()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "no scheduler is called \"halving\"; there are asha, hyperband, median-stopping, none,"
                + " successive-halving");
  }
}
