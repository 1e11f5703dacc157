package dev.archipelago.controller.spec;

import dev.archipelago.controller.schedule.full.FullEvaluation;
import dev.archipelago.controller.spec.SearchSpec.Order;
import dev.archipelago.protocol.device.DeviceKind;
import dev.archipelago.protocol.space.reference.ReferenceNetwork;
import dev.archipelago.protocol.trial.DatasetRef;
import dev.archipelago.protocol.trial.Examples;
import dev.archipelago.protocol.trial.Objective;
import dev.archipelago.protocol.trial.Profiling;
import dev.archipelago.protocol.trial.Training;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * A {@link SearchSpec} as YAML with every default written out.
 *
 * <p>{@link SpecParser} reads the text back to an equal value, given the same task: this is what a
 * journal keeps of a spec. <b>Checked by:</b> {@code SpecRoundTripTest}.
 */
public final class SpecWriter {
  private final YamlText yaml = new YamlText();
  private final SearchSpec spec;

  private SpecWriter(SearchSpec spec) {
    this.spec = spec;
  }

  public static String write(SearchSpec spec) {
    return new SpecWriter(spec).write();
  }

  private String write() {
    yaml.text("name", spec.name());
    yaml.map("dataset", this::dataset);
    yaml.map("space", this::space);
    yaml.map("strategy", this::strategy);
    yaml.map("schedule", this::schedule);
    yaml.map("evaluation", this::evaluation);
    yaml.map("objective", this::objective);
    yaml.map("constraints", this::constraints);
    baselines();
    yaml.map("budget", this::budget);
    yaml.map("retrain", this::retraining);
    yaml.map("placement", this::placement);
    yaml.plain("seed", spec.seed());
    return yaml.toString();
  }

  private void dataset() {
    DatasetRef dataset = spec.dataset();
    if (dataset.name().equals(ExternalData.NAME)) {
      ExternalData.write(yaml, dataset);
      return;
    }
    yaml.text("name", dataset.name());
    if (!dataset.path().isEmpty()) {
      yaml.text("path", dataset.path());
    }
    yaml.plain("limit", dataset.limit() == 0 ? "all" : dataset.limit());
    examples(dataset);
    yaml.number("validation", spec.split().validationFraction());
  }

  private void examples(DatasetRef dataset) {
    if (dataset.examples() instanceof Examples.Images images) {
      if (dataset.name().equals(DatasetReader.FOLDER)) {
        yaml.plain("image-size", images.size());
      }
    } else if (dataset.examples() instanceof Examples.Rows rows) {
      if (!rows.label().isEmpty()) {
        yaml.text("label", rows.label());
      }
      if (!rows.test().isEmpty()) {
        yaml.text("test", rows.test());
      }
    } else if (dataset.examples() instanceof Examples.Windows windows) {
      yaml.plain("window", windows.length());
    } else {
      throw new IllegalArgumentException("no form for " + dataset.examples());
    }
  }

  private void space() {
    yaml.plain("kind", spec.space().kind());
    spec.space().settings().forEach(this::setting);
  }

  private void strategy() {
    yaml.plain("kind", spec.strategy().kind());
    yaml.plain("window", spec.window());
    if (!StrategyReader.hasOrder(spec.strategy())) {
      yaml.plain("order", spec.order() == Order.ARRIVAL ? "arrival" : "proposal");
    }
    spec.strategy().settings().forEach(this::setting);
  }

  private void setting(String key, Object value) {
    if (value instanceof Double number) {
      yaml.number(key, number);
    } else if (value instanceof List<?> list) {
      yaml.list(key, list);
    } else if (value instanceof String word) {
      yaml.text(key, word);
    } else if (value instanceof Map<?, ?> map) {
      yaml.map(key, () -> map.forEach((inner, one) -> setting(String.valueOf(inner), one)));
    } else {
      yaml.plain(key, value);
    }
  }

  private void schedule() {
    Schedule schedule = spec.schedule();
    yaml.plain("kind", schedule.kind().kind());
    if (!(schedule.kind() instanceof FullEvaluation)) {
      yaml.list("rungs", schedule.rungs().stream().map(Rung::label).toList());
    }
    schedule.kind().settings().forEach(this::setting);
  }

  private void baselines() {
    Baselines baselines = spec.baselines();
    if (baselines.random().isPresent()) {
      yaml.map(
          "baseline",
          () -> {
            yaml.plain("kind", "random");
            yaml.plain("match", baselines.random().get().label());
            if (!baselines.references().isEmpty()) {
              yaml.list("references", labels(baselines));
            }
          });
    } else if (baselines.references().isEmpty()) {
      yaml.plain("baseline", "none");
    } else {
      yaml.list("baseline", labels(baselines));
    }
  }

  private static List<String> labels(Baselines baselines) {
    return baselines.references().stream().map(ReferenceNetwork::label).toList();
  }

  private void evaluation() {
    Training training = spec.training();
    yaml.plain("epochs", training.epochs());
    if (spec.evaluator() instanceof Evaluator.Table table) {
      yaml.text("table", table.file());
      yaml.plain("workers", table.workers());
      return;
    }
    if (spec.evaluator() instanceof Evaluator.Program program) {
      yaml.texts("command", program.command());
      yaml.plain("timeout", Durations.write(program.timeout()));
    }
    yaml.plain("batch", training.batchSize());
    yaml.number("learning-rate", training.learningRate());
    yaml.number("momentum", training.momentum());
    yaml.number("weight-decay", training.weightDecay());
    yaml.number("clip", training.gradientClip());
    yaml.plain("threads", training.threads());
    yaml.plain("precision", training.precision().label());
    if (!(spec.evaluator() instanceof Evaluator.Engine engine)) {
      return;
    }
    yaml.map(
        "augmentation",
        () -> {
          yaml.plain("crop", training.augmentation().cropPadding());
          yaml.plain("flip", training.augmentation().flip());
        });
    yaml.plain("lend", engine.lending());
    yaml.plain("inherit", engine.inheriting() ? "parent" : "none");
    Profiling profiling = spec.profiling();
    yaml.map(
        "latency",
        () -> {
          yaml.plain("batch", profiling.batchSize());
          yaml.plain("warm-up", profiling.warmUp());
          yaml.plain("runs", profiling.runs());
        });
  }

  private void objective() {
    Objective objective = spec.objective();
    if (objective instanceof Objective.Metric metric) {
      yaml.text(metric.larger() ? "maximize" : "minimize", metric.name());
    } else if (objective instanceof Objective.Accuracy) {
      yaml.plain("maximize", "accuracy");
    } else if (objective instanceof Objective.AccuracyLatency weighed) {
      yaml.plain("maximize", "accuracy");
      yaml.map(
          "latency",
          () -> {
            yaml.plain("target", Durations.write(weighed.target()));
            yaml.map(
                "exponents",
                () -> {
                  yaml.number("below", weighed.below());
                  yaml.number("above", weighed.above());
                });
          });
    } else if (objective instanceof Objective.LossLogLatency weighed) {
      loss(weighed.beta(), "unit", weighed.unit());
    } else if (objective instanceof Objective.LossLogRatio weighed) {
      loss(weighed.beta(), "target", weighed.target());
    } else {
      throw new IllegalArgumentException("no form for the objective " + objective);
    }
  }

  private void loss(double beta, String key, Duration duration) {
    yaml.plain("minimize", "loss");
    yaml.map(
        "latency",
        () -> {
          yaml.number("beta", beta);
          yaml.plain(key, Durations.write(duration));
        });
  }

  private void constraints() {
    limit("params", spec.constraints().params());
    limit("flops", spec.constraints().flops());
  }

  private void limit(String key, OptionalLong limit) {
    yaml.plain(key, limit.isPresent() ? "<= " + Numbers.writeCount(limit.getAsLong()) : "none");
  }

  private void budget() {
    yaml.plain("trials", spec.budget().trials());
    yaml.plain("time", spec.budget().time().map(Durations::write).orElse("none"));
    yaml.plain("device-time", spec.budget().deviceTime().map(Durations::write).orElse("none"));
  }

  private void retraining() {
    yaml.plain("top", spec.retraining().top());
    yaml.plain("epochs", spec.retraining().epochs());
    yaml.plain("final-epochs", spec.retraining().finalEpochs());
  }

  private void placement() {
    Placement placement = spec.placement();
    yaml.plain("device", placement.device().map(DeviceKind::label).orElse(PlacementReader.ANY));
    yaml.text("device-name", placement.deviceName().orElse(PlacementReader.ANY));
    yaml.plain(
        "memory",
        placement.memoryBytes() == 0 ? PlacementReader.ANY : Sizes.write(placement.memoryBytes()));
    yaml.plain("engine", placement.engine().orElse(PlacementReader.ANY));
  }
}
