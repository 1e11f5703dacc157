package dev.archipelago.controller.spec;

import dev.archipelago.protocol.trial.Profiling;
import dev.archipelago.protocol.trial.Training;
import dev.archipelago.protocol.trial.Training.Augmentation;
import java.util.List;

/** {@code evaluation}: how a candidate is trained and measured. */
final class EvaluationReader {
  static final int MOST_EPOCHS = 2_000;
  static final int MOST_IMAGES = 65_536;

  private EvaluationReader() {}

  static Training training(Section evaluation, String dataset) {
    return new Training(
        evaluation.integer("epochs", 3, 1, MOST_EPOCHS),
        evaluation.integer("batch", 128, 1, MOST_IMAGES),
        evaluation.number("learning-rate", 0.1, 1e-6, 10),
        evaluation.number("momentum", 0.9, 0, 0.999),
        evaluation.number("weight-decay", 3e-4, 0, 1),
        evaluation.number("clip", 5, 0, 1e6),
        augmentation(evaluation, dataset),
        evaluation.integer("threads", 1, 1, 256));
  }

  static Profiling profiling(Section latency) {
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
