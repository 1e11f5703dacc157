package dev.archipelago.controller.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Settings in maps of their own, and those that mean nothing beside others. */
class NestedSettingsTest {

  private static Map<String, Object> read(String... pairs) {
    return PolicySettings.read("darts", 20, "none", List.of(pairs)).strategy().settings();
  }

  @Test
  void readsMapsWithinTheSettings() {
    assertThat(
            read("temperature={start: 2, schedule: exponential}", "temperature.end=0.5")
                .get("temperature"))
        .isEqualTo(Map.of("start", 2.0, "end", 0.5, "schedule", "exponential"));
    assertThat(read("sentinel.action=off").get("sentinel")).isEqualTo(Map.of("action", "off"));
  }

  @Test
  void refusesKeysThatTheMapHasNot() {
    assertThatThrownBy(() -> read("temperature.begin=2"))
        .isInstanceOf(SpecException.class)
        .hasMessageContaining("temperature.begin: unknown key");
  }

  @Test
  void refusesKeysThatMeanNothingBesideOthers() {
    refuses("hessian: means nothing with order: 1; allowed: leave it out", "hessian=exact");
    refuses("order: must be 1 with variant: gdas", "variant=gdas", "order=2");
    refuses("channel-share: means nothing without variant: pc", "channel-share=4");
    refuses("parts: means nothing without merge: true", "parts=3");
    refuses("seeds: means nothing with merge: true", "merge=true", "seeds=2");
    refuses("temperature.end: means nothing with schedule: constant", "temperature.end=0.1");
    refuses("sentinel.lag: means nothing with action: off", "sentinel={action: off, lag: 2}");
  }

  private static void refuses(String message, String... pairs) {
    assertThatThrownBy(() -> read(pairs))
        .isInstanceOf(SpecException.class)
        .hasMessageContaining(message)
        .hasMessageNotContaining("unknown key");
  }
}
