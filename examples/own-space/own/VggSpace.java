package own;

import dev.archipelago.controller.settings.Settings;
import dev.archipelago.controller.space.SpaceKind;
import dev.archipelago.protocol.space.*;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Blocks of 3x3 convolutions, each but the first after a pool (after arXiv:1409.1556, §2.1). */
public record VggSpace(int blocks) implements SearchSpace {
  private static final List<String> WIDTHS = List.of("16", "32", "64");

  /** The entry in the registry, found by its name in META-INF/services. */
  public static final class Kind implements SpaceKind {
    @Override
    public String kind() {
      return "vgg";
    }

    @Override
    public SearchSpace read(Settings settings) {
      return new VggSpace(settings.integer("blocks", 3, 1, 6));
    }
  }

  @Override
  public String kind() {
    return "vgg";
  }

  @Override
  public Map<String, Object> settings() {
    return Map.of("blocks", blocks);
  }

  @Override
  public List<Decision> decisions() {
    return IntStream.range(0, blocks)
        .<Decision>mapToObj(i -> new Decision.Choice("block_" + i + "/width", "width", WIDTHS))
        .toList();
  }

  @Override
  public NetworkPlan decode(Architecture architecture, Task task) {
    check(architecture);
    PlanBuilder plan = new PlanBuilder(task.input());
    int x = plan.input();
    for (int i = 0; i < blocks; i++) {
      int width = Integer.parseInt(WIDTHS.get(architecture.value(i)));
      x = i == 0 ? x : plan.add("block_" + i + "/pool", new Layer.MaxPool(2, 2), x);
      x = plan.add("block_" + i + "/conv", Layer.Conv.of(width, 3, 3, 1), x);
      x = plan.add("block_" + i + "/norm", new Layer.BatchNorm(), x);
      x = plan.add("block_" + i + "/relu", new Layer.Relu(), x);
    }
    return plan.classifier(x, task.classes());
  }
}
