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
 * Howard et al. 2019, arXiv:1905.02244, Table 2.
 *
 * <p>As in torchvision, an excitation squeezes to a quarter of the expanded channels, rounded to a
 * multiple of 8, and the hidden dense layer follows the global pool.
 */
final class MobileNetV3Small {
  private static final Layer RELU = new Layer.Relu();
  private static final Layer HARD_SWISH = new Layer.HardSwish();

  /** A row of the table. */
  private record Block(
      int kernel, int expanded, int filters, boolean excited, Layer activation, int stride) {}

  private static final List<Block> BLOCKS =
      List.of(
          new Block(3, 16, 16, true, RELU, 2),
          new Block(3, 72, 24, false, RELU, 2),
          new Block(3, 88, 24, false, RELU, 1),
          new Block(5, 96, 40, true, HARD_SWISH, 2),
          new Block(5, 240, 40, true, HARD_SWISH, 1),
          new Block(5, 240, 40, true, HARD_SWISH, 1),
          new Block(5, 120, 48, true, HARD_SWISH, 1),
          new Block(5, 144, 48, true, HARD_SWISH, 1),
          new Block(5, 288, 96, true, HARD_SWISH, 2),
          new Block(5, 576, 96, true, HARD_SWISH, 1),
          new Block(5, 576, 96, true, HARD_SWISH, 1));

  private MobileNetV3Small() {}

  static NetworkPlan of(Task task) {
    PlanBuilder plan = new PlanBuilder(task.input());
    Strides strides = new Strides(task.input());
    Layer.Conv first = Layer.Conv.of(16, 3, 3, strides.next(2));
    int last = Blocks.activated(plan, "stem/", plan.input(), first, HARD_SWISH);
    for (int i = 0; i < BLOCKS.size(); i++) {
      Block block = BLOCKS.get(i);
      last =
          Blocks.inverted(
              plan,
              "block_" + i + "/",
              last,
              block.expanded(),
              block.filters(),
              block.kernel(),
              strides.next(block.stride()),
              block.activation(),
              block.excited() ? Optional.of(excitation(block.expanded())) : Optional.empty());
    }
    last = Blocks.activated(plan, "head/", last, Layer.Conv.of(576, 1, 1, 1), HARD_SWISH);
    int pooled = plan.add("head/pool", new Layer.GlobalAvgPool(), last);
    int hidden = plan.add("head/hidden", new Layer.Linear(1024), pooled);
    int active = plan.add("head/hidden_activation", HARD_SWISH, hidden);
    plan.add("head/linear", new Layer.Linear(task.classes()), active);
    return plan.build();
  }

  private static Excitation excitation(int expanded) {
    return new Excitation(multipleOf8(expanded / 4), RELU, new Layer.HardSigmoid());
  }

  /** The nearest multiple of 8, but not under 90 % (the authors' {@code _make_divisible}). */
  private static int multipleOf8(int channels) {
    int nearest = Math.max(8, (channels + 4) / 8 * 8);
    return 10 * nearest < 9 * channels ? nearest + 8 : nearest;
  }
}
