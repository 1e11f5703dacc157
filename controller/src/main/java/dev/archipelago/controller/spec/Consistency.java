package dev.archipelago.controller.spec;

import dev.archipelago.controller.schedule.full.FullEvaluation;
import dev.archipelago.controller.space.Spaces;
import dev.archipelago.controller.spec.Baselines.Match;
import dev.archipelago.controller.strategy.Heredity;
import dev.archipelago.controller.strategy.StrategyKind;
import dev.archipelago.protocol.space.NasBench201Space;
import dev.archipelago.protocol.space.Shape;
import dev.archipelago.protocol.space.Task;
import dev.archipelago.protocol.trial.DatasetRef;
import dev.archipelago.protocol.trial.Examples;
import dev.archipelago.protocol.trial.Objective;
import dev.archipelago.protocol.trial.Training.Augmentation;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/** What no key can see alone: whether a spec's parts fit each other and the data. */
final class Consistency {
  /** As the table's networks were (arXiv:2001.00326, §2.1). */
  private static final NasBench201Space TABLE_SPACE = new NasBench201Space(16, 5);

  private static final Task TABLE_TASK = new Task(new Shape(3, 32, 32), 10);
  private static final Set<String> TABLE_EPOCHS = Set.of("12", "200");

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
    evaluator();
    strategy();
    heredity();
    placement();
    latency();
    augmentation();
    HeldOut.of(spec, trainingImages).ifPresent(this::images);
    references();
    if (fits() && constraints() && spec.strategy().obstacle(spec.space()).isEmpty()) {
      supernet();
    }
  }

  private void evaluator() {
    boolean engine = spec.evaluator() instanceof Evaluator.Engine;
    if (!engine && spec.schedule().rung(0) instanceof Rung.ZeroCost proxy) {
      root.problemAt(
          "schedule.rungs",
          Text.format(
              "found %s, which only the engine computes; allowed: numbers of epochs",
              proxy.label()));
    }
    if (spec.evaluator() instanceof Evaluator.Table) {
      table();
    }
  }

  /**
   * Whether the strategy can search the space, and what a search on shared weights goes without.
   */
  private void strategy() {
    StrategyKind strategy = spec.strategy();
    strategy
        .obstacle(spec.space())
        .ifPresent(
            why ->
                root.problemAt(
                    "strategy.kind",
                    Text.format(
                        "%s cannot search this space of kind %s: %s",
                        strategy.kind(), spec.space().kind(), why)));
    if (strategy.sharing().isEmpty()) {
      return;
    }
    if (!(spec.evaluator() instanceof Evaluator.Engine)) {
      root.problemAt(
          "evaluation",
          Text.format(
              "%s trains weights that networks share, which only the engine does; allowed: no"
                  + " command, no table",
              strategy.kind()));
    }
    if (!(spec.schedule().kind() instanceof FullEvaluation)) {
      root.problemAt(
          "schedule",
          Text.format(
              "%s trains no candidate on its own that could be stopped early; allowed: none",
              strategy.kind()));
    }
    if (spec.order() == SearchSpec.Order.ARRIVAL) {
      root.problemAt(
          "strategy.order",
          Text.format("%s has its rounds in order; allowed: proposal", strategy.kind()));
    }
    if (spec.baselines().random().filter(Match.TRIALS::equals).isPresent()) {
      root.problemAt(
          "baseline.match",
          Text.format(
              "found trials, but %s counts rounds, which no random search has; allowed:"
                  + " device-seconds",
              strategy.kind()));
    }
    if (spec.retraining().top() == 0) {
      root.problemAt(
          "retrain.top",
          Text.format(
              "found 0, but %s trains no network of its own before it is retrained; allowed: 1 or"
                  + " more",
              strategy.kind()));
    }
  }

  /** Who inherits from whom, and by whom and how far such networks are trained. */
  private void heredity() {
    Heredity heredity = spec.strategy().heredity();
    boolean grows = heredity instanceof Heredity.Growth;
    boolean engine = spec.evaluator() instanceof Evaluator.Engine;
    boolean inherits = spec.evaluator() instanceof Evaluator.Engine trained && trained.inheriting();
    String kind = spec.strategy().kind();
    if (inherits && !(heredity instanceof Heredity.Parent)) {
      root.problemAt(
          "evaluation.inherit",
          grows
              ? Text.format("%s grows its networks in any case; allowed: leave it out", kind)
              : Text.format("%s makes no network from another; allowed: none", kind));
    }
    if (inherits && spec.training().epochs() < 2) {
      root.problemAt(
          "evaluation.epochs",
          Text.format(
              "found %d, of which ancestors and children are to share; allowed: 2 or more",
              spec.training().epochs()));
    }
    if (grows && !engine) {
      root.problemAt(
          "evaluation",
          Text.format(
              "%s grows trained networks, which only the engine does; allowed: no command, no"
                  + " table",
              kind));
    }
    if ((grows || inherits) && !(spec.schedule().kind() instanceof FullEvaluation)) {
      root.problemAt(
          "schedule",
          "networks that begin with others' weights are not stopped early; allowed: none");
    }
  }

  /** What a table of published results has. */
  private void table() {
    if (!spec.space().equals(TABLE_SPACE)) {
      root.problemAt(
          "space",
          Text.format(
              "found a space that the table has not; allowed: kind %s, with channels %d and cells"
                  + " %d where they are given",
              TABLE_SPACE.kind(), TABLE_SPACE.channels(), TABLE_SPACE.cells()));
    }
    DatasetRef dataset = spec.dataset();
    if (!dataset.name().equals(ExternalData.NAME) || !dataset.task().equals(TABLE_TASK)) {
      root.problemAt(
          "dataset",
          Text.format(
              "found %s of %s, but the table's networks were trained on CIFAR-10; allowed: leave it"
                  + " out",
              dataset.name(), dataset.task().input()));
    }
    if (!(spec.objective() instanceof Objective.Accuracy)) {
      root.problemAt("objective", "found more than the table has; allowed: maximize: accuracy");
    }
    if (!spec.baselines().references().isEmpty()) {
      root.problemAt("baseline", "found networks that the table has not; allowed: random, none");
    }
    for (Rung rung : spec.schedule().rungs()) {
      if (!TABLE_EPOCHS.contains(rung.label())) {
        root.problemAt(
            spec.schedule().rungs().size() > 1 ? "schedule.rungs" : "evaluation.epochs",
            "found " + rung.label() + "; allowed: what the table has, 12 or 200");
      }
    }
    for (int epochs : List.of(spec.retraining().epochs(), spec.retraining().finalEpochs())) {
      if (spec.retraining().top() > 0 && epochs != 200) {
        root.problemAt(
            "retrain", "found " + epochs + " epochs; allowed: what the table has at the end, 200");
      }
    }
  }

  /** A table needs no worker, and a program is no engine's. */
  private void placement() {
    Placement placement = spec.placement();
    if (spec.evaluator() instanceof Evaluator.Table && !placement.isAny()) {
      root.problemAt(
          "placement",
          Text.format(
              "wants %s, but with evaluation.table workers are simulated; allowed: leave it out",
              placement));
    }
    if (spec.evaluator() instanceof Evaluator.Program && placement.engine().isPresent()) {
      root.problemAt(
          "placement.engine",
          Text.format(
              "found %s, but evaluation.command trains without an engine; allowed: any",
              placement.engine().get()));
    }
  }

  private void latency() {
    boolean engine = spec.evaluator() instanceof Evaluator.Engine;
    if (engine && spec.objective().measuresLatency() && spec.profiling().runs() == 0) {
      root.problemAt(
          "evaluation.latency.runs",
          "found 0, but the objective needs the latency; allowed: 1 or more");
    }
  }

  private void augmentation() {
    Augmentation augmentation = spec.training().augmentation();
    Examples examples = spec.dataset().examples();
    if (!(examples instanceof Examples.Images)) {
      if (!augmentation.equals(Augmentation.NONE)) {
        root.problemAt(
            "evaluation.augmentation",
            Text.format(
                "crops and flips are for images, and data set %s holds %s; allowed: none",
                spec.dataset().name(), examples.noun()));
      }
      return;
    }
    int height = spec.dataset().task().input().height();
    int crop = augmentation.cropPadding();
    if (crop >= height) {
      root.problemAt(
          "evaluation.augmentation.crop",
          Text.format(
              "found %d for images of %d pixels; allowed: less than their height", crop, height));
    }
  }

  /** Published networks are for images, and compared with the winner of the last stage. */
  private void references() {
    Examples examples = spec.dataset().examples();
    if (spec.baselines().references().isEmpty()) {
      return;
    }
    if (spec.retraining().top() == 0) {
      root.problemAt(
          "retrain.top",
          "found 0, but the networks of baseline are compared with a retrained winner; allowed: 1"
              + " or more");
    }
    if (!(examples instanceof Examples.Images)) {
      root.problemAt(
          "baseline",
          Text.format(
              "found networks for images, and data set %s holds %s; allowed: random, none",
              spec.dataset().name(), examples.noun()));
    }
  }

  /** A space may decode a task that makes no sense in it: convolutions on a table's columns. */
  private boolean fits() {
    Examples examples = spec.dataset().examples();
    List<String> fitting = Spaces.installed().fitting(examples);
    if (fitting.contains(spec.space().kind())) {
      return true;
    }
    root.problemAt(
        "space.kind",
        Text.format(
            "found \"%s\", which is not for the %s of data set %s; allowed: %s",
            spec.space().kind(),
            examples.noun(),
            spec.dataset().name(),
            String.join(", ", fitting)));
    return false;
  }

  private void images(HeldOut images) {
    DatasetRef dataset = spec.dataset();
    int classes = dataset.task().classes();
    String noun = dataset.examples().noun();
    if (Math.min(images.validation(), images.training()) < classes) {
      String found =
          Text.format(
              "%,d %s for validation and %,d for training do not show all %d classes",
              images.validation(), noun, images.training(), classes);
      if (dataset.limit() == 0) {
        root.problemAt(
            "dataset.validation", found + "; allowed: at least one example a class on both sides");
      } else {
        double fraction = spec.split().validationFraction();
        long least = (long) Math.ceil(classes / Math.min(fraction, 1 - fraction));
        root.problemAt("dataset.limit", Text.format("%s; allowed: at least %,d", found, least));
      }
    } else if (spec.training().batchSize() > images.training()) {
      root.problemAt(
          "evaluation.batch",
          Text.format(
              "found %,d, but only %,d %s are trained on; allowed: at most that many",
              spec.training().batchSize(), images.training(), noun));
    }
  }

  /** What could not be sent would only be seen when a worker asks for it. */
  private void supernet() {
    spec.strategy()
        .sharing()
        .flatMap(sharing -> SharedMessage.obstacle(spec.space(), sharing, spec.dataset().task()))
        .ifPresent(
            why ->
                root.problemAt(
                    "space",
                    why + "; allowed: fewer cells, nodes or operations, or shorter rounds"));
  }

  /** Whether there are networks for the data at all; within the limits or not. */
  private boolean constraints() {
    ConstraintSurvey survey;
    try {
      survey = ConstraintSurvey.untilOneFits(spec);
    } catch (IllegalArgumentException e) {
      root.problemAt(
          "space",
          Text.format(
              "does not fit %s of %s: %s",
              spec.dataset().examples().noun(),
              spec.dataset().task().input(),
              String.valueOf(e.getMessage())));
      return false;
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
    return true;
  }
}
