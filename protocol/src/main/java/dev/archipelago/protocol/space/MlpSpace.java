package dev.archipelago.protocol.space;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Dense layers in a row, for tables: how many, and the width and nonlinearity of each (the fully
 * connected part of the spaces that Elsken et al. 2019, arXiv:1808.05377v3, §2 describe).
 *
 * <p>A hidden layer is a dense layer, a batch norm where one is chosen, and the nonlinearity. An
 * input that is no vector is flattened first. Decisions about layers beyond the depth mean nothing,
 * and architectures that differ in them alone are the same. <b>Checked by:</b> {@code
 * MlpSpaceTest}.
 *
 * @param layers most hidden layers, 1 to 16
 * @param units widths to choose from, 1 to 4096
 * @param batchNorm whether each layer may have a batch norm
 */
public record MlpSpace(
    int layers, List<Integer> units, List<Activation> activations, boolean batchNorm)
    implements SearchSpace {

  public static final String KIND = "mlp";

  public MlpSpace {
    units = List.copyOf(units);
    activations = List.copyOf(activations);
    Options.within("layers", layers, 1, 16);
    Options.within("units", units, 1, 4096);
    Options.different("activations", activations);
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("layers", layers);
    settings.put("units", units);
    settings.put("activations", activations.stream().map(Activation::label).toList());
    settings.put("batch-norm", batchNorm);
    return settings;
  }

  /** The depth, then each layer's width, nonlinearity and, where there is one, norm. */
  @Override
  public List<Decision> decisions() {
    List<String> widths = Options.text(units);
    List<String> labels = activations.stream().map(Activation::label).toList();
    List<Decision> decisions = new ArrayList<>();
    decisions.add(new Decision.Choice("network/depth", "depth", Options.upTo(layers)));
    for (int layer = 0; layer < layers; layer++) {
      String place = "layer_" + layer + "/";
      decisions.add(new Decision.Choice(place + "units", "units", widths));
      decisions.add(new Decision.Choice(place + "activation", "activation", labels));
      if (batchNorm) {
        decisions.add(new Decision.Choice(place + "norm", "norm", List.of("no", "yes")));
      }
    }
    return List.copyOf(decisions);
  }

  /** Only the layers that are there. */
  @Override
  public String canonical(Architecture architecture) {
    check(architecture);
    int used = 1 + depth(architecture) * choices();
    return architecture.values().subList(0, used).toString();
  }

  @Override
  public NetworkPlan decode(Architecture architecture, Task task) {
    check(architecture);
    PlanBuilder plan = new PlanBuilder(task.input());
    int at = plan.input();
    if (task.input().height() > 1 || task.input().width() > 1) {
      at = plan.add("flatten", new Layer.Flatten(), at);
    }
    for (int layer = 0; layer < depth(architecture); layer++) {
      String place = "layer_" + layer + "/";
      int decision = 1 + layer * choices();
      int width = units.get(architecture.value(decision));
      Activation activation = activations.get(architecture.value(decision + 1));
      at = plan.add(place + "linear", new Layer.Linear(width), at);
      if (batchNorm && architecture.value(decision + 2) == 1) {
        at = plan.add(place + "norm", new Layer.BatchNorm(), at);
      }
      at = plan.add(place + activation.label(), activation.layer(), at);
    }
    plan.add("head/linear", new Layer.Linear(task.classes()), at);
    return plan.build();
  }

  private static int depth(Architecture architecture) {
    return architecture.value(0) + 1;
  }

  /** Decisions per layer. */
  private int choices() {
    return batchNorm ? 3 : 2;
  }
}
