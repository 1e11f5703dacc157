package dev.archipelago.controller.spec;

import dev.archipelago.protocol.trial.Precision;
import dev.archipelago.protocol.trial.Profiling;
import dev.archipelago.protocol.trial.Training;
import dev.archipelago.protocol.trial.Training.Augmentation;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;

/** {@code evaluation}: how a candidate is trained and measured. */
final class EvaluationReader {
  static final int MOST_EPOCHS = 2_000;
  static final int MOST_IMAGES = 65_536;

  private static final int EPOCHS = 3;

  /** Of NAS-Bench-201's short training (arXiv:2001.00326, §2.2). */
  private static final int TABLE_EPOCHS = 12;

  /** All of them ask at once, and a resumed search ends their leases besides: both must queue. */
  private static final int MOST_SIMULATED = 4_096;

  private static final Duration TIMEOUT = Duration.ofHours(1);
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofDays(30);

  private EvaluationReader() {}

  /** Who trains; what it is named by is {@code command}, {@code table}, or neither. */
  static Evaluator evaluator(Section evaluation, DatasetProbe probe) {
    if (evaluation.has("command")) {
      if (evaluation.has("table")) {
        evaluation.problem("table", "found beside command; allowed: one of the two");
      }
      return new Evaluator.Program(
          evaluation.texts("command"),
          evaluation.duration("timeout", SHORTEST, LONGEST).orElse(TIMEOUT));
    }
    if (evaluation.has("table")) {
      return new Evaluator.Table(
          table(evaluation, probe), evaluation.integer("workers", 1, 1, MOST_SIMULATED));
    }
    return new Evaluator.Engine(
        evaluation.flag("lend", true),
        evaluation.choice("inherit", "none", List.of("none", "parent")).equals("parent"));
  }

  /** Absolute, so that a search that is resumed from elsewhere finds it again. */
  private static String table(Section evaluation, DatasetProbe probe) {
    String file =
        evaluation
            .scalar("table", "a CSV file", scalar -> DatasetReader.absolute(scalar.text()))
            .orElse("");
    if (!file.isEmpty()) {
      try {
        probe.checkTable(file);
      } catch (IllegalArgumentException e) {
        evaluation.problem("table", String.valueOf(e.getMessage()));
      }
    }
    return file;
  }

  /**
   * @param epochs of the last rung, where the spec has rungs
   */
  static Training training(
      Section evaluation, String dataset, Evaluator evaluator, OptionalInt epochs) {
    int usual = epochs.orElse(evaluator instanceof Evaluator.Table ? TABLE_EPOCHS : EPOCHS);
    int read = evaluation.integer("epochs", usual, 1, MOST_EPOCHS);
    if (epochs.isPresent() && read != epochs.getAsInt()) {
      evaluation.problem(
          "epochs",
          Text.format(
              "found %d, but the last of schedule.rungs is %d; allowed: the same, or only one of"
                  + " the two",
              read, epochs.getAsInt()));
    }
    if (evaluator instanceof Evaluator.Table) { // it was trained long ago
      return new Training(read, 256, 0.1, 0.9, 5e-4, 0, Augmentation.NONE, 1);
    }
    return new Training(
        read,
        evaluation.integer("batch", 128, 1, MOST_IMAGES),
        evaluation.number("learning-rate", 0.1, 1e-6, 10),
        evaluation.number("momentum", 0.9, 0, 0.999),
        evaluation.number("weight-decay", 3e-4, 0, 1),
        evaluation.number("clip", 5, 0, 1e6),
        evaluator instanceof Evaluator.Engine
            ? augmentation(evaluation, dataset)
            : Augmentation.NONE,
        evaluation.integer("threads", 1, 1, 256),
        precision(evaluation));
  }

  private static Precision precision(Section evaluation) {
    return evaluation
        .word("precision", Precision.labels())
        .flatMap(Precision::labelled)
        .orElse(Precision.FLOAT32);
  }

  static Profiling profiling(Section evaluation, Evaluator evaluator) {
    if (!(evaluator instanceof Evaluator.Engine)) {
      return new Profiling(1, 0, 0);
    }
    Section latency = evaluation.section("latency");
    Profiling read =
        new Profiling(
            latency.integer("batch", 32, 1, MOST_IMAGES),
            latency.integer("warm-up", 5, 0, 10_000),
            latency.integer("runs", 20, 0, 100_000));
    latency.close();
    return read;
  }

  private static Augmentation augmentation(Section evaluation, String dataset) {
    Augmentation standard = standard(dataset);
    if (evaluation.isScalar("augmentation")) {
      return evaluation
          .word("augmentation", List.of("standard", "none"))
          .filter(word -> word.equals("none"))
          .map(word -> Augmentation.NONE)
          .orElse(standard);
    }
    Section augmentation = evaluation.section("augmentation");
    Augmentation read =
        new Augmentation(
            augmentation.integer("crop", standard.cropPadding(), 0, 64),
            augmentation.flag("flip", standard.flip()));
    augmentation.close();
    return read;
  }

  /**
   * What does not change the class: a mirrored 3 or 7 is none, a mirrored shoe is one; clothes fill
   * their frame, so that a crop cuts them.
   */
  private static Augmentation standard(String dataset) {
    if (dataset.startsWith("cifar")) {
      return new Augmentation(4, true);
    }
    return dataset.startsWith("fashion-mnist") ? new Augmentation(0, true) : Augmentation.NONE;
  }
}
