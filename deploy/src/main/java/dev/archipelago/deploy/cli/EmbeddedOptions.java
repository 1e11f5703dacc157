package dev.archipelago.deploy.cli;

import dev.archipelago.controller.spec.Evaluator;
import dev.archipelago.controller.spec.SearchSpec;
import dev.archipelago.deploy.device.Devices;
import dev.archipelago.deploy.embedded.Staff;
import dev.archipelago.deploy.exit.CommandException;
import dev.archipelago.deploy.role.Roles;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The cluster that a command brings along when no other is named. */
final class EmbeddedOptions {
  static final List<String> ENGINES = List.of("torch", "dl4j");

  @Option(
      names = "--workers",
      paramLabel = "N",
      description =
          "Worker processes to start, one thread each. Default: one for every GPU, or without"
              + " one for every core, but no more than can be busy.")
  private @Nullable Integer workers;

  @Option(
      names = "--engine",
      paramLabel = "ENGINE",
      description = "What they train with: torch or dl4j. Default: torch.")
  private @Nullable String engine;

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      description =
          "Where they compute: cpu, cuda (all GPUs) or cuda:1. Default: auto, which is all GPUs"
              + " that the engine can use, or else the CPU.")
  private @Nullable String device;

  String engine() {
    return engine == null ? ENGINES.get(0) : Choice.of("--engine", engine, ENGINES);
  }

  /**
   * As many as the spec can keep busy; none where a table does the work.
   *
   * @throws CommandException also if the engine cannot do this search's work
   */
  Staff staff(SearchSpec spec, Roles roles) {
    if (spec.evaluator() instanceof Evaluator.Table) {
      refuseFor("evaluation.table");
      return Staff.NONE;
    }
    EngineFit.check(engine(), roles.capabilities(engine()), spec);
    int arms = spec.baselines().random().isPresent() ? 2 : 1;
    int finalists = arms * Math.min(spec.retraining().top(), spec.budget().trials());
    return staff(Math.max(spec.window(), finalists), roles);
  }

  /**
   * @param useful so many can be busy at once
   */
  Staff staff(int useful, Roles roles) {
    if (workers != null && (workers < 1 || workers > 1024)) {
      throw CommandException.badInput("--workers must be 1 to 1024, got " + workers);
    }
    String engine = engine();
    List<String> devices = devices(engine, roles);
    boolean cpu = devices.equals(List.of(Devices.CPU));
    int fitting = cpu ? Runtime.getRuntime().availableProcessors() : devices.size();
    int count = workers == null ? Math.max(1, Math.min(fitting, useful)) : workers;
    return new Staff(
        engine, IntStream.range(0, count).mapToObj(i -> devices.get(i % devices.size())).toList());
  }

  /** What the workers are spread over. */
  private List<String> devices(String engine, Roles roles) {
    String wanted = device == null ? Devices.AUTO : device;
    if (!wanted.matches(Devices.FORM)) {
      throw CommandException.badInput(
          "--device: \"" + wanted + "\" is none of auto, cpu, cuda, cuda:0, cuda:1, ...");
    }
    List<Devices.Choice> chosen =
        switch (wanted) {
          case Devices.CPU -> List.of(new Devices.Choice(Devices.CPU, ""));
          case Devices.AUTO -> roles.devices(engine).all();
          case "cuda" -> roles.devices(engine).allGpus("--device");
          default -> List.of(roles.devices(engine).choose(wanted, "--device"));
        };
    return chosen.stream().map(Devices.Choice::id).toList();
  }

  /** Refuses what has no meaning where the workers are another's. */
  void refuseFor(String other) {
    refuse("--workers", workers, other);
    refuse("--device", device, other);
    refuse("--engine", engine, other);
  }

  private static void refuse(String option, @Nullable Object value, String other) {
    if (value != null) {
      throw CommandException.badInput(option + ": " + other + " has its own workers; leave it out");
    }
  }
}
