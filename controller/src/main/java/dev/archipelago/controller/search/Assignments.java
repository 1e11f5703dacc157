package dev.archipelago.controller.search;

import dev.archipelago.controller.spec.SearchSpec;
import dev.archipelago.protocol.trial.Assignment;
import dev.archipelago.protocol.trial.Evaluation;
import dev.archipelago.protocol.trial.Training;
import dev.archipelago.protocol.trial.TrialId;
import java.util.Optional;

/** A leased trial as a worker is told of it. */
final class Assignments {
  private Assignments() {}

  static Assignment of(Search search, Trial trial) {
    SearchSpec spec = search.spec();
    return new Assignment(
        new TrialId(search.id(), trial.number()),
        trial.attempt(),
        trial.stage(),
        search.plan(trial),
        spec.dataset(),
        spec.split(),
        new Evaluation.Train(training(spec, trial).epochs(), Optional.empty()),
        training(spec, trial),
        spec.profiling(),
        Seeds.training(spec.seed(), trial.number()));
  }

  private static Training training(SearchSpec spec, Trial trial) {
    return switch (trial.stage()) {
      case SEARCH -> spec.training();
      case RETRAIN -> spec.training().withEpochs(spec.retraining().epochs());
      case FINAL -> spec.training().withEpochs(spec.retraining().finalEpochs());
    };
  }
}
