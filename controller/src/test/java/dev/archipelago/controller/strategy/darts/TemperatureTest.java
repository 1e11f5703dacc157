package dev.archipelago.controller.strategy.darts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.archipelago.controller.settings.Settings;
import dev.archipelago.controller.strategy.FixedSettings;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TemperatureTest {

  private static Temperature of(String schedule) {
    return new Temperature(10, 0.1, schedule);
  }

  @Test
  void everyScheduleGoesFromStartToEnd() {
    for (String schedule : new String[] {"linear", "exponential", "cosine"}) {
      assertThat(of(schedule).at(0)).as(schedule).isCloseTo(10, within(1e-12));
      assertThat(of(schedule).at(1)).as(schedule).isCloseTo(0.1, within(1e-12));
    }
  }

  @Test
  void halfWayByHand() {
    assertThat(of("linear").at(0.5)).isCloseTo(5.05, within(1e-12));
    assertThat(of("exponential").at(0.5)).isCloseTo(1, within(1e-12));
    assertThat(of("cosine").at(0.25)).isCloseTo(0.1 + 9.9 * 0.853553390593, within(1e-9));
    assertThat(of("constant").at(0.5)).isEqualTo(10);
  }

  @Test
  void gdasFallsFromTenToATenth() {
    assertThat(Temperature.read(Variant.GDAS, Settings.none())).isEqualTo(of("linear"));
    assertThat(Temperature.read(Variant.PLAIN, Settings.none()).at(0.7)).isEqualTo(1);
  }

  @Test
  void waitsForTheAlphasToMove() {
    Darts partial = Darts.read(11, new FixedSettings(Map.of("variant", "pc", "seeds", 1)));
    Course course = partial.course();
    assertThat(course).isEqualTo(new Course(1, 1, 10, 3));
    assertThat(course.progress(0)).isZero();
    assertThat(course.progress(3)).isZero();
    assertThat(course.progress(6)).isEqualTo(0.5);
    assertThat(course.progress(9)).isEqualTo(1);
  }
}
