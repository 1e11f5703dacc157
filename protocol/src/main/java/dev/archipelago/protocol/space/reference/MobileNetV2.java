package dev.archipelago.protocol.space.reference;

import dev.archipelago.protocol.space.Blocks;
import dev.archipelago.protocol.space.Layer;
import dev.archipelago.protocol.space.NetworkPlan;
import dev.archipelago.protocol.space.PlanBuilder;
import dev.archipelago.protocol.space.Task;
import java.util.List;
import java.util.Optional;

/** Sandler et al. 2018, arXiv:1801.04381, Table 2. */
final class MobileNetV2 {
  private static final Layer ACTIVATION = new Layer.Relu6();

  /** Equal blocks: expansion, channels, number, stride of the first. */
  private record Stage(int expansion, int filters, int depth, int stride) {}

  private static final List<Stage> STAGES =
      List.of(
          new Stage(1, 16, 1, 1),
          new Stage(6, 24, 2, 2),
          new Stage(6, 32, 3, 2),
          new Stage(6, 64, 4, 2),
          new Stage(6, 96, 3, 1),
          new Stage(6, 160, 3, 2),
          new Stage(6, 320, 1, 1));

  private MobileNetV2() {}

  static NetworkPlan of(Task task) {
    PlanBuilder plan = new PlanBuilder(task.input());
    Strides strides = new Strides(task.input());
    Layer.Conv first = Layer.Conv.of(32, 3, 3, strides.next(2));
    int last = Blocks.activated(plan, "stem/", plan.input(), first, ACTIVATION);
    for (int i = 0; i < STAGES.size(); i++) {
      Stage stage = STAGES.get(i);
      for (int block = 0; block < stage.depth(); block++) {
        last =
            Blocks.inverted(
                plan,
                "stage_" + i + "/block_" + block + "/",
                last,
                plan.shape(last).channels() * stage.expansion(),
                stage.filters(),
                3,
                block == 0 ? strides.next(stage.stride()) : 1,
                ACTIVATION,
                Optional.empty());
      }
    }
    last = Blocks.activated(plan, "head/", last, Layer.Conv.of(1280, 1, 1, 1), ACTIVATION);
    return plan.classifier(last, task.classes());
  }
}
