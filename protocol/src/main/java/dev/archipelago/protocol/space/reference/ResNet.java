package dev.archipelago.protocol.space.reference;

import dev.archipelago.protocol.space.Blocks;
import dev.archipelago.protocol.space.Layer;
import dev.archipelago.protocol.space.NetworkPlan;
import dev.archipelago.protocol.space.PlanBuilder;
import dev.archipelago.protocol.space.Task;
import java.util.List;
import java.util.Optional;

/**
 * He et al. 2016, arXiv:1512.03385, Table 1; projections where the shape changes (option B), the
 * stride of a bottleneck in its 3x3 convolution.
 */
final class ResNet {
  private static final int WIDTH = 64;

  /** A bottleneck's output over its middle. */
  private static final int WIDENING = 4;

  private ResNet() {}

  static NetworkPlan of18(Task task) {
    return plan(task, List.of(2, 2, 2, 2), false);
  }

  static NetworkPlan of34(Task task) {
    return plan(task, List.of(3, 4, 6, 3), false);
  }

  static NetworkPlan of50(Task task) {
    return plan(task, List.of(3, 4, 6, 3), true);
  }

  private static NetworkPlan plan(Task task, List<Integer> depths, boolean bottlenecks) {
    PlanBuilder plan = new PlanBuilder(task.input());
    int last = stem(plan, task);
    for (int stage = 0; stage < depths.size(); stage++) {
      int width = WIDTH << stage;
      for (int block = 0; block < depths.get(stage); block++) {
        String place = "stage_" + stage + "/block_" + block + "/";
        int stride = stage > 0 && block == 0 ? 2 : 1;
        last =
            bottlenecks
                ? Blocks.bottleneck(
                    plan, place, last, width, WIDENING * width, stride, Optional.empty())
                : Blocks.basic(plan, place, last, width, 3, stride, Optional.empty());
      }
    }
    return plan.classifier(last, task.classes());
  }

  private static int stem(PlanBuilder plan, Task task) {
    boolean small = Strides.isSmall(task.input());
    Layer.Conv conv = small ? Layer.Conv.of(WIDTH, 3, 3, 1) : Layer.Conv.of(WIDTH, 7, 7, 2);
    int map = Blocks.activated(plan, "stem/", plan.input(), conv, new Layer.Relu());
    return small ? map : plan.add("stem/pool", new Layer.MaxPool(3, 2), map);
  }
}
