package dev.archipelago.deploy.embedded;

import java.time.Duration;

/**
 * When a child that ended is started again.
 *
 * @param quick a child that lived for less died a quick death
 * @param patience so many quick deaths in a row are answered at once
 * @param first wait after one more; doubled for every further one
 * @param longest wait
 */
record RestartPolicy(Duration quick, int patience, Duration first, Duration longest) {
  static final RestartPolicy DEFAULT =
      new RestartPolicy(Duration.ofSeconds(10), 3, Duration.ofSeconds(1), Duration.ofSeconds(30));

  /** How long to wait after so many quick deaths in a row. */
  Duration delay(int quickDeaths) {
    if (quickDeaths <= patience) {
      return Duration.ZERO;
    }
    Duration delay = first;
    for (int more = patience + 1; more < quickDeaths && delay.compareTo(longest) < 0; more++) {
      delay = delay.multipliedBy(2);
    }
    return delay.compareTo(longest) < 0 ? delay : longest;
  }
}
