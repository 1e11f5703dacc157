package dev.archipelago.deploy.cli;

import dev.archipelago.controller.spec.Evaluator;
import dev.archipelago.controller.spec.Rung;
import dev.archipelago.controller.spec.SearchSpec;
import dev.archipelago.deploy.exit.CommandException;
import dev.archipelago.protocol.space.SequenceSpace;
import dev.archipelago.protocol.trial.Precision;
import dev.archipelago.protocol.trial.Proxy;
import java.util.Optional;

/** Whether an engine can do a search's work. */
final class EngineFit {
  private EngineFit() {}

  /**
   * @throws CommandException if every trial of the search, or every one of a rung, would be refused
   */
  static void check(String engine, SearchSpec spec) {
    if (!runsAll(engine) && spec.evaluator() instanceof Evaluator.Engine) {
      obstacle(spec)
          .ifPresent(
              text -> {
                throw CommandException.badInput(
                    "--engine: engine " + engine + " cannot " + text + ": use torch");
              });
    }
  }

  /** Whether there is nothing that it refuses. */
  static boolean runsAll(String engine) {
    return engine.equals("torch");
  }

  private static Optional<String> obstacle(SearchSpec spec) {
    if (spec.strategy().sharing().isPresent()) {
      return Optional.of("run supernets");
    } else if (spec.space() instanceof SequenceSpace) {
      return Optional.of("run recurrent networks");
    } else if (spec.training().precision() != Precision.FLOAT32) {
      return Optional.of("train in " + spec.training().precision().label());
    }
    return spec.schedule().rungs().stream()
        .filter(rung -> rung instanceof Rung.ZeroCost score && !isCount(score.proxy()))
        .findFirst()
        .map(rung -> "compute " + rung.label());
  }

  /** Whether it is read off the plan. */
  private static boolean isCount(Proxy proxy) {
    return proxy == Proxy.PARAMS || proxy == Proxy.FLOPS;
  }
}
