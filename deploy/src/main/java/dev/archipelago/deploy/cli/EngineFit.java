package dev.archipelago.deploy.cli;

import dev.archipelago.controller.spec.Evaluator;
import dev.archipelago.controller.spec.Rung;
import dev.archipelago.controller.spec.SearchSpec;
import dev.archipelago.deploy.exit.CommandException;
import dev.archipelago.protocol.device.Capability;
import dev.archipelago.protocol.space.SequenceSpace;
import dev.archipelago.protocol.trial.Precision;
import java.util.Optional;
import java.util.Set;

/** Whether an engine can do a search's work. */
final class EngineFit {
  private EngineFit() {}

  /**
   * @param capabilities of the engine
   * @throws CommandException if every trial of the search, or every one of a rung, would be refused
   */
  static void check(String engine, Set<Capability> capabilities, SearchSpec spec) {
    if (spec.evaluator() instanceof Evaluator.Engine) {
      for (Capability capability : Capability.values()) {
        if (!capabilities.contains(capability)) {
          wanted(capability, spec)
              .ifPresent(
                  text -> {
                    throw CommandException.badInput(
                        "--engine: engine " + engine + " cannot " + text + ": use torch");
                  });
        }
      }
    }
  }

  /** What the search wants of the engine that takes this capability; empty for nothing. */
  private static Optional<String> wanted(Capability capability, SearchSpec spec) {
    return switch (capability) {
      case SUPERNETS -> spec.strategy().sharing().map(sharing -> "run supernets");
      case RECURRENT ->
          Optional.of("run recurrent networks")
              .filter(text -> spec.space() instanceof SequenceSpace);
      case BF16 ->
          Optional.of(spec.training().precision())
              .filter(precision -> precision == Precision.BF16)
              .map(precision -> "train in " + precision.label());
      case PROXIES ->
          spec.schedule().rungs().stream()
              .filter(rung -> rung instanceof Rung.ZeroCost score && !score.proxy().isCount())
              .findFirst()
              .map(rung -> "compute " + rung.label());
    };
  }
}
