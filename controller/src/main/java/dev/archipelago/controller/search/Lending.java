package dev.archipelago.controller.search;

import dev.archipelago.controller.spec.Evaluator;
import dev.archipelago.controller.spec.Rung;
import dev.archipelago.controller.spec.SearchSpec;
import dev.archipelago.protocol.space.Architecture;
import dev.archipelago.protocol.trial.Arm;
import dev.archipelago.protocol.trial.Measurement;
import dev.archipelago.protocol.trial.TrialState;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Architectures with the same function need training once: a later one takes over the score. Never
 * what it costs, since networks of one function may differ in parameters and latency.
 */
final class Lending {
  private Lending() {}

  /** Under which key a trial's score may be taken over; empty where it may not. */
  static Optional<String> key(SearchSpec spec, Trial trial) {
    boolean scored =
        trial.state() == TrialState.COMPLETED
            && trial.round().isEmpty()
            && trial.lineage().donor().isEmpty()
            && trial.measurement().flatMap(Measurement::validation).isPresent();
    return scored ? key(spec, trial.architecture(), trial.lineage().rung()) : Optional.empty();
  }

  /** The trial of the arm, among those that were told, that has the same function and rung. */
  static OptionalInt lender(Search search, Arm arm, Architecture architecture, int rung) {
    return key(search.spec(), architecture, rung)
        .map(key -> search.arm(arm).lenders().get(key))
        .map(OptionalInt::of)
        .orElse(OptionalInt.empty());
  }

  private static Optional<String> key(SearchSpec spec, Architecture architecture, int rung) {
    boolean lends = spec.evaluator() instanceof Evaluator.Engine engine && engine.lending();
    return lends && spec.schedule().rung(rung) instanceof Rung.Epochs
        ? Optional.of(rung + "/" + spec.space().fingerprint(architecture))
        : Optional.empty();
  }
}
