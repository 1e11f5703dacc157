package dev.archipelago.controller.tabular;

import java.util.List;

/**
 * One simulated search.
 *
 * @param incumbents in the order of time; none where nothing was evaluated
 * @param evaluations that were begun, promotions included
 * @param configurations that were begun
 * @param seconds of the simulated clock at the end of the last evaluation
 */
record Run(List<Incumbent> incumbents, int evaluations, int configurations, double seconds) {
  Run {
    incumbents = List.copyOf(incumbents);
  }

  Incumbent best() {
    return incumbents.get(incumbents.size() - 1);
  }
}
