package dev.archipelago.deploy.cli;

import dev.archipelago.controller.spec.Evaluator;
import dev.archipelago.controller.spec.SearchSpec;
import dev.archipelago.deploy.exit.CommandException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The cluster that a command brings along when no other is named. */
final class EmbeddedOptions {
  static final List<String> ENGINES = List.of("torch", "dl4j");

  @Option(
      names = "--workers",
      paramLabel = "N",
      description =
          "Worker processes to start, one thread each. Default: one for every core, but no"
              + " more than can be busy.")
  private @Nullable Integer workers;

  @Option(
      names = "--engine",
      paramLabel = "ENGINE",
      description = "What they train with: torch or dl4j. Default: torch.")
  private @Nullable String engine;

  String engine() {
    return engine == null ? ENGINES.get(0) : Choice.of("--engine", engine, ENGINES);
  }

  /** One that can do this search's work. */
  String engine(SearchSpec spec) {
    EngineFit.check(engine(), spec);
    return engine();
  }

  /** As many as the spec can keep busy; none where a table does the work. */
  int workers(SearchSpec spec) {
    if (spec.evaluator() instanceof Evaluator.Table) {
      refuseFor("evaluation.table");
      return 0;
    }
    int arms = spec.baselines().random().isPresent() ? 2 : 1;
    int finalists = arms * Math.min(spec.retraining().top(), spec.budget().trials());
    return workers(Math.max(spec.window(), finalists));
  }

  /**
   * @param useful so many can be busy at once
   */
  int workers(int useful) {
    if (workers == null) {
      return Math.max(1, Math.min(Runtime.getRuntime().availableProcessors(), useful));
    }
    if (workers < 1 || workers > 1024) {
      throw CommandException.badInput("--workers must be 1 to 1024, got " + workers);
    }
    return workers;
  }

  /** Refuses what has no meaning where the workers are another's. */
  void refuseFor(String other) {
    if (workers != null) {
      throw CommandException.badInput("--workers: " + other + " has its own workers; leave it out");
    }
    if (engine != null) {
      throw CommandException.badInput("--engine: " + other + " has its own workers; leave it out");
    }
  }
}
