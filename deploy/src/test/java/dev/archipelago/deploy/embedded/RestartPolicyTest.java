package dev.archipelago.deploy.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RestartPolicyTest {
  @Test
  void firstAtOnceThenEverSlower() {
    List<Long> seconds =
        IntStream.range(0, 11)
            .mapToObj(deaths -> RestartPolicy.DEFAULT.delay(deaths).toSeconds())
            .toList();

    assertThat(seconds).containsExactly(0L, 0L, 0L, 0L, 1L, 2L, 4L, 8L, 16L, 30L, 30L);
    assertThat(RestartPolicy.DEFAULT.delay(1_000_000)).isEqualTo(Duration.ofSeconds(30));
  }
}
