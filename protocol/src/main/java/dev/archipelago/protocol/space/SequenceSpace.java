package dev.archipelago.protocol.space;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Recurrent networks that read a window of tokens and say which token follows: an embedding, equal
 * recurrent layers, perhaps a dense layer, and a classifier over the alphabet, on the last step's
 * state alone (the simple recurrent language model of Mikolov et al. 2010, with the cells that
 * Jozefowicz et al. 2015 compare).
 *
 * <p>The task's input is 1xTx1, whole numbers in [0, classes) held as floats; its classes are the
 * alphabet. <b>Checked by:</b> {@code SequenceSpaceTest}.
 *
 * @param embeddings sizes of a token's vector to choose from, 1 to 4096
 * @param layers most recurrent layers, 1 to 8
 * @param units sizes of a recurrent layer to choose from, 1 to 4096
 * @param dense widths of the layer before the classifier to choose from, 0 for none, to 4096
 */
public record SequenceSpace(
    List<Integer> embeddings,
    List<Cell> cells,
    int layers,
    List<Integer> units,
    List<Integer> dense)
    implements SearchSpace {

  public static final String KIND = "sequence";

  public SequenceSpace {
    embeddings = List.copyOf(embeddings);
    cells = List.copyOf(cells);
    units = List.copyOf(units);
    dense = List.copyOf(dense);
    Options.within("embeddings", embeddings, 1, 4096);
    Options.different("cells", cells);
    Options.within("layers", layers, 1, 8);
    Options.within("units", units, 1, 4096);
    Options.within("dense", dense, 0, 4096);
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("embeddings", embeddings);
    settings.put("cells", cells.stream().map(Cell::label).toList());
    settings.put("layers", layers);
    settings.put("units", units);
    settings.put("dense", dense);
    return settings;
  }

  @Override
  public List<Decision> decisions() {
    return List.of(
        new Decision.Choice("embedding/size", "embedding", Options.text(embeddings)),
        new Decision.Choice("recurrent/cell", "cell", cells.stream().map(Cell::label).toList()),
        new Decision.Choice("recurrent/layers", "layers", Options.upTo(layers)),
        new Decision.Choice("recurrent/units", "units", Options.text(units)),
        new Decision.Choice("dense/units", "dense", Options.text(dense)));
  }

  /**
   * @throws IllegalArgumentException also where the task's input is no sequence of tokens
   */
  @Override
  public NetworkPlan decode(Architecture architecture, Task task) {
    check(architecture);
    int embedded = embeddings.get(architecture.value(0));
    Cell cell = cells.get(architecture.value(1));
    int depth = architecture.value(2) + 1;
    int state = units.get(architecture.value(3));
    int width = dense.get(architecture.value(4));
    PlanBuilder plan = new PlanBuilder(task.input());
    int at = plan.add("embedding", new Layer.Embedding(task.classes(), embedded), plan.input());
    for (int layer = 0; layer < depth; layer++) {
      boolean everyStep = layer < depth - 1;
      at =
          plan.add(
              "layer_" + layer + "/recurrent", new Layer.Recurrent(cell, state, everyStep), at);
    }
    if (width > 0) {
      at = plan.add("dense/linear", new Layer.Linear(width), at);
      at = plan.add("dense/tanh", new Layer.Tanh(), at);
    }
    plan.add("head/linear", new Layer.Linear(task.classes()), at);
    return plan.build();
  }
}
