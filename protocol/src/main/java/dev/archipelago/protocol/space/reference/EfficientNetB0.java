package dev.archipelago.protocol.space.reference;

import dev.archipelago.protocol.space.Blocks;
import dev.archipelago.protocol.space.Blocks.Excitation;
import dev.archipelago.protocol.space.Layer;
import dev.archipelago.protocol.space.NetworkPlan;
import dev.archipelago.protocol.space.PlanBuilder;
import dev.archipelago.protocol.space.Task;
import java.util.List;
import java.util.Optional;

/**
 * Tan and Le 2019, arXiv:1905.11946, Table 1; an excitation squeezes to a quarter of the block's
 * input channels, as in the authors' code.
 */
final class EfficientNetB0 {
  private static final Layer ACTIVATION = new Layer.Swish();

  /** Equal blocks: expansion, kernel, stride of the first, channels, number. */
  private record Stage(int expansion, int kernel, int stride, int filters, int depth) {}

  private static final List<Stage> STAGES =
      List.of(
          new Stage(1, 3, 1, 16, 1),
          new Stage(6, 3, 2, 24, 2),
          new Stage(6, 5, 2, 40, 2),
          new Stage(6, 3, 2, 80, 3),
          new Stage(6, 5, 1, 112, 3),
          new Stage(6, 5, 2, 192, 4),
          new Stage(6, 3, 1, 320, 1));

  private EfficientNetB0() {}

  static NetworkPlan of(Task task) {
    PlanBuilder plan = new PlanBuilder(task.input());
    Strides strides = new Strides(task.input());
    Layer.Conv first = Layer.Conv.of(32, 3, 3, strides.next(2));
    int last = Blocks.activated(plan, "stem/", plan.input(), first, ACTIVATION);
    for (int i = 0; i < STAGES.size(); i++) {
      Stage stage = STAGES.get(i);
      for (int block = 0; block < stage.depth(); block++) {
        int channels = plan.shape(last).channels();
        last =
            Blocks.inverted(
                plan,
                "stage_" + i + "/block_" + block + "/",
                last,
                channels * stage.expansion(),
                stage.filters(),
                stage.kernel(),
                block == 0 ? strides.next(stage.stride()) : 1,
                ACTIVATION,
                Optional.of(new Excitation(channels / 4, ACTIVATION, new Layer.Sigmoid())));
      }
    }
    last = Blocks.activated(plan, "head/", last, Layer.Conv.of(1280, 1, 1, 1), ACTIVATION);
    return plan.classifier(last, task.classes());
  }
}
