package dev.archipelago.controller.spec;

import dev.archipelago.protocol.trial.DatasetRef;
import java.util.OptionalInt;

/** What no key can see alone: whether a spec's parts fit each other and the data. */
final class Consistency {
  private final SearchSpec spec;
  private final OptionalInt trainingImages;
  private final Section root;

  /**
   * A check of a spec whose keys are fine one by one.
   *
   * @param root where the spec was read from, for the places of problems
   */
  Consistency(SearchSpec spec, OptionalInt trainingImages, Section root) {
    this.spec = spec;
    this.trainingImages = trainingImages;
    this.root = root;
  }

  void check() {
    latency();
    crop();
    HeldOut.of(spec, trainingImages).ifPresent(this::images);
    constraints();
  }

  private void latency() {
    if (spec.objective().measuresLatency() && spec.profiling().runs() == 0) {
      root.problemAt(
          "evaluation.latency.runs",
          "found 0, but the objective needs the latency; allowed: 1 or more");
    }
  }

  private void crop() {
    int height = spec.dataset().task().input().height();
    int crop = spec.training().augmentation().cropPadding();
    if (crop >= height) {
      root.problemAt(
          "evaluation.augmentation.crop",
          Text.format(
              "found %d for images of %d pixels; allowed: less than their height", crop, height));
    }
  }

  private void images(HeldOut images) {
    DatasetRef dataset = spec.dataset();
    int classes = dataset.task().classes();
    if (Math.min(images.validation(), images.training()) < classes) {
      String found =
          Text.format(
              "%,d images for validation and %,d for training do not show all %d classes",
              images.validation(), images.training(), classes);
      if (dataset.limit() == 0) {
        root.problemAt(
            "dataset.validation", found + "; allowed: at least one image a class on both sides");
      } else {
        double fraction = spec.split().validationFraction();
        long least = (long) Math.ceil(classes / Math.min(fraction, 1 - fraction));
        root.problemAt("dataset.limit", Text.format("%s; allowed: at least %,d", found, least));
      }
    } else if (spec.training().batchSize() > images.training()) {
      root.problemAt(
          "evaluation.batch",
          Text.format(
              "found %,d, but only %,d images are trained on; allowed: at most that many",
              spec.training().batchSize(), images.training()));
    }
  }

  private void constraints() {
    ConstraintSurvey survey;
    try {
      survey = ConstraintSurvey.untilOneFits(spec);
    } catch (IllegalArgumentException e) {
      root.problemAt(
          "space",
          Text.format(
              "does not fit images of %s: %s",
              spec.dataset().task().input(), String.valueOf(e.getMessage())));
      return;
    }
    if (survey.fitting() == 0) {
      boolean params = survey.leastParams() > spec.constraints().params().orElse(Long.MAX_VALUE);
      boolean flops = survey.leastFlops() > spec.constraints().flops().orElse(Long.MAX_VALUE);
      String key = params == flops ? "constraints" : "constraints." + (params ? "params" : "flops");
      root.problemAt(
          key,
          Text.format(
              "met by none of %,d sampled networks (fewest parameters %,d, fewest FLOPs %,d);"
                  + " allowed: a higher limit, or smaller networks in space",
              survey.sampled(), survey.leastParams(), survey.leastFlops()));
    }
  }
}
