package dev.archipelago.controller.search;

import dev.archipelago.controller.spec.Evaluator;
import dev.archipelago.controller.spec.Rung;
import dev.archipelago.protocol.device.Capability;
import dev.archipelago.protocol.space.Architecture;
import dev.archipelago.protocol.space.Layer;
import dev.archipelago.protocol.space.NetworkPlan;
import dev.archipelago.protocol.trial.Arm;
import dev.archipelago.protocol.trial.Precision;
import dev.archipelago.protocol.trial.Proxy;
import dev.archipelago.protocol.trial.Stage;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What a trial needs of a worker's engine. Looked at only as far as the worker lacks anything: most
 * lack nothing, and then no plan is decoded.
 *
 * @param needed whether the trial needs a capability
 */
record Needs(Predicate<Capability> needed) {

  static Needs of(Search search, Trial trial) {
    return of(
        search,
        trial.stage(),
        trial.round().isPresent(),
        trial.lineage(),
        trial.arm(),
        trial.architecture());
  }

  static Needs of(Search search, Turn.Candidate candidate) {
    return of(
        search,
        search.stage(),
        candidate.round().isPresent(),
        candidate.lineage(),
        candidate.arm(),
        candidate.architecture());
  }

  private static Needs of(
      Search search,
      Stage stage,
      boolean round,
      Lineage lineage,
      Arm arm,
      Architecture architecture) {
    if (!(search.spec().evaluator() instanceof Evaluator.Engine)) {
      return new Needs(capability -> false); // a program, or a table
    }
    return new Needs(
        capability ->
            switch (capability) {
              case SUPERNETS -> round;
              case RECURRENT ->
                  !round && isRecurrent(search.space(arm).decode(architecture, search.task()));
              case PROXIES ->
                  !round
                      && proxy(search, stage, lineage)
                          .filter(score -> !score.isCount())
                          .isPresent();
              case BF16 ->
                  search.spec().training().precision() == Precision.BF16
                      && (round || proxy(search, stage, lineage).isEmpty());
            });
  }

  /** What an untrained network is scored by; empty where it is trained. */
  private static Optional<Proxy> proxy(Search search, Stage stage, Lineage lineage) {
    return stage == Stage.SEARCH
            && search.spec().schedule().rung(lineage.rung()) instanceof Rung.ZeroCost rung
        ? Optional.of(rung.proxy())
        : Optional.empty();
  }

  private static boolean isRecurrent(NetworkPlan plan) {
    return plan.nodes().stream()
        .map(NetworkPlan.Node::layer)
        .anyMatch(layer -> layer instanceof Layer.Recurrent || layer instanceof Layer.Embedding);
  }

  /** What an engine with these capabilities lacks for it, as a sentence; empty for nothing. */
  Optional<String> lacking(Set<Capability> capabilities) {
    for (Capability capability : Capability.values()) {
      if (!capabilities.contains(capability) && needed.test(capability)) {
        return Optional.of(sentence(capability));
      }
    }
    return Optional.empty();
  }

  private static String sentence(Capability capability) {
    return switch (capability) {
      case SUPERNETS -> "has rounds on shared weights next, and this engine runs no supernets";
      case RECURRENT -> "has a recurrent network next, and this engine runs none";
      case PROXIES -> "scores untrained networks next, and this engine computes no such proxy";
      case BF16 -> "trains in bf16 next, and this engine does not";
    };
  }
}
