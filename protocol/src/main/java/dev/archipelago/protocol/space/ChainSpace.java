package dev.archipelago.protocol.space;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Layers in a row with skip connections: the space of Zoph and Le 2017, arXiv:1611.01578v2, §3.
 *
 * <p>Every layer takes a filter height, a filter width, a stride and a number of filters (§3.2),
 * and with {@code skips} a yes or no for each layer before its predecessor (§3.3). A layer is
 * convolution, batch norm, ReLU; several inputs are joined along the channels.
 *
 * <p>With one stride and one number of filters the networks share weights as in ENAS's macro space
 * (arXiv:1802.03268, §2.3): every layer has a convolution of its own for every kernel, which reads
 * as many input channels as the skips that are taken bring.
 *
 * <p><b>Departs:</b> a layer always reads its predecessor (as in ENAS, arXiv:1802.03268, §2.3), so
 * that none hangs on the image alone by chance and no output is left over for the classifier; the
 * stride is one number, not two; and where joined maps differ in size, the larger are
 * average-pooled to the smallest, where the paper pads the smaller with zeros: positions stay
 * aligned and the cost does not grow. <b>Checked by:</b> {@code ChainSpaceTest}.
 *
 * @param layers number of layers, 1 to 32
 * @param kernels odd filter heights and widths to choose from
 */
public record ChainSpace(
    int layers, List<Integer> kernels, List<Integer> strides, List<Integer> filters, boolean skips)
    implements SharedSpace, GrowableSpace {

  public static final String KIND = "chain";

  /** Decisions per layer before its skips: height, width, stride, filters. */
  private static final int CHOICES = 4;

  public ChainSpace {
    kernels = List.copyOf(kernels);
    strides = List.copyOf(strides);
    filters = List.copyOf(filters);
    Options.within("layers", layers, 1, 32);
    Options.oddWithin("kernels", kernels, 1, 31);
    Options.within("strides", strides, 1, 4);
    Options.within("filters", filters, 1, 4096);
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("layers", layers);
    settings.put("kernels", kernels);
    settings.put("strides", strides);
    settings.put("filters", filters);
    settings.put("skips", skips);
    return settings;
  }

  @Override
  public List<Decision> decisions() {
    List<Decision> decisions = new ArrayList<>();
    for (int layer = 0; layer < layers; layer++) {
      String place = "layer_" + layer + "/";
      decisions.add(choice(place, "kernel_height", kernels));
      decisions.add(choice(place, "kernel_width", kernels));
      decisions.add(choice(place, "stride", strides));
      decisions.add(choice(place, "filters", filters));
      for (int source = 0; skips && source < layer - 1; source++) {
        decisions.add(new Decision.Skip(place + "skip_" + source, layer, source));
      }
    }
    return List.copyOf(decisions);
  }

  private static Decision choice(String place, String group, List<Integer> options) {
    return new Decision.Choice(place + group, group, Options.text(options));
  }

  @Override
  public Architecture smallest() {
    List<Integer> values = new ArrayList<>();
    for (int layer = 0; layer < layers; layer++) {
      values.add(GrowableSpace.smallest(kernels));
      values.add(GrowableSpace.smallest(kernels));
      values.add(0);
      values.add(GrowableSpace.smallest(filters));
      values.addAll(Collections.nCopies(skipsInto(layer), 0));
    }
    return new Architecture(KIND, values);
  }

  /** The next kernel height, kernel width and number of filters of every layer. */
  @Override
  public List<Growth> growths(Architecture architecture) {
    check(architecture);
    List<Growth> growths = new ArrayList<>();
    int decision = 0;
    for (int layer = 0; layer < layers; layer++) {
      Growth.next(architecture, decision, kernels).ifPresent(growths::add);
      Growth.next(architecture, decision + 1, kernels).ifPresent(growths::add);
      Growth.next(architecture, decision + 3, filters).ifPresent(growths::add);
      decision += CHOICES + skipsInto(layer);
    }
    return List.copyOf(growths);
  }

  /** Skip decisions of a layer, one for each layer before its predecessor. */
  private int skipsInto(int layer) {
    return skips ? Math.max(0, layer - 1) : 0;
  }

  @Override
  public NetworkPlan decode(Architecture architecture, Task task) {
    check(architecture);
    PlanBuilder plan = new PlanBuilder(task.input());
    List<Integer> outputs = new ArrayList<>(); // node of each layer's output
    int decision = 0;
    for (int layer = 0; layer < layers; layer++) {
      int height = kernels.get(architecture.value(decision));
      int width = kernels.get(architecture.value(decision + 1));
      int stride = strides.get(architecture.value(decision + 2));
      int count = filters.get(architecture.value(decision + 3));
      decision += CHOICES;
      List<Integer> inputs = new ArrayList<>();
      for (int source = 0; skips && source < layer - 1; source++) {
        if (architecture.value(decision++) == 1) {
          inputs.add(outputs.get(source));
        }
      }
      inputs.add(layer == 0 ? plan.input() : outputs.get(layer - 1));
      String place = "layer_" + layer + "/";
      int joined = join(plan, place, inputs);
      Layer.Conv conv = Layer.Conv.of(count, height, width, stride);
      outputs.add(convolution(plan, place, conv, joined));
    }
    return plan.classifier(outputs.get(layers - 1), task.classes());
  }

  private static int convolution(PlanBuilder plan, String place, Layer.Conv conv, int input) {
    int map = plan.add(place + "conv", conv, input);
    int norm = plan.add(place + "norm", new Layer.BatchNorm(), map);
    return plan.add(place + "relu", new Layer.Relu(), norm);
  }

  /** Brings maps to the smallest size among them, then joins them along the channels. */
  private static int join(PlanBuilder plan, String place, List<Integer> inputs) {
    Shape target = plan.shape(inputs.get(0));
    for (int input : inputs) {
      Shape shape = plan.shape(input);
      if (shape.height() < target.height() || shape.width() < target.width()) {
        target = shape;
      }
    }
    List<Integer> sized = new ArrayList<>();
    for (int input : inputs) {
      int at = input;
      int factor = poolingFactor(plan.shape(input), target);
      if (factor > 1) {
        String name = place + "pool_" + sized.size();
        at = plan.add(name, new Layer.AvgPool(factor, factor), input);
      }
      sized.add(at);
    }
    return plan.concat(place + "concat", sized);
  }

  private static int poolingFactor(Shape from, Shape to) {
    for (int factor = 1; factor <= Math.max(from.height(), from.width()); factor++) {
      if ((from.height() + factor - 1) / factor == to.height()
          && (from.width() + factor - 1) / factor == to.width()) {
        return factor;
      }
    }
    throw new IllegalArgumentException("no pooling takes " + from + " to " + to);
  }

  // --- Shared weights

  /** For each layer its kernel, height and width together, then its skips. */
  @Override
  public List<Row> rows() {
    checkShared("filters", filters);
    checkShared("strides", strides);
    List<Row> rows = new ArrayList<>();
    for (int layer = 0; layer < layers; layer++) {
      String place = "layer_" + layer + "/";
      rows.add(new Row(place + "kernel", kernelNames()));
      for (int source = 0; skips && source < layer - 1; source++) {
        rows.add(new Row(place + "skip_" + source, List.of("no", "yes")));
      }
    }
    return List.copyOf(rows);
  }

  private static void checkShared(String key, List<Integer> options) {
    if (options.size() > 1) {
      throw new IllegalArgumentException(
          "%s must have one value where networks share weights, for instance [%d]"
              .formatted(key, options.get(0)));
    }
  }

  private List<String> kernelNames() {
    List<String> names = new ArrayList<>();
    for (int height : kernels) {
      kernels.forEach(width -> names.add(height + "x" + width));
    }
    return names;
  }

  @Override
  public Supernet supernet(Task task) {
    List<Row> rows = rows();
    PlanBuilder plan = new PlanBuilder(task.input());
    List<Integer> outputs = new ArrayList<>(); // node of each layer's output
    int row = 0;
    for (int layer = 0; layer < layers; layer++) {
      String place = "layer_" + layer + "/";
      int kernel = row++;
      List<Integer> inputs = new ArrayList<>();
      for (int source = 0; skips && source < layer - 1; source++) {
        Layer taken = new Layer.Choice(row++, List.of(1));
        inputs.add(plan.add(place + "skip_" + source, taken, outputs.get(source)));
      }
      inputs.add(layer == 0 ? plan.input() : outputs.get(layer - 1));
      outputs.add(kernelChoice(plan, place, kernel, join(plan, place, inputs)));
    }
    return new Supernet(plan.classifier(outputs.get(layers - 1), task.classes()), rows);
  }

  private int kernelChoice(PlanBuilder plan, String place, int row, int input) {
    List<Integer> outputs = new ArrayList<>();
    List<Integer> options = new ArrayList<>();
    for (int height : kernels) {
      for (int width : kernels) {
        Layer.Conv conv = Layer.Conv.of(filters.get(0), height, width, strides.get(0));
        outputs.add(convolution(plan, place + height + "x" + width + "/", conv, input));
        options.add(options.size());
      }
    }
    return plan.add(place + "choice", new Layer.Choice(row, options), outputs);
  }

  @Override
  public List<Integer> path(Architecture architecture) {
    check(architecture);
    rows(); // refuses what cannot share weights
    List<Integer> path = new ArrayList<>();
    int decision = 0;
    for (int layer = 0; layer < layers; layer++) {
      path.add(architecture.value(decision) * kernels.size() + architecture.value(decision + 1));
      decision += CHOICES;
      for (int source = 0; skips && source < layer - 1; source++) {
        path.add(architecture.value(decision++));
      }
    }
    return List.copyOf(path);
  }
}
