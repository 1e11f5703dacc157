package dev.archipelago.protocol.space;

import java.util.ArrayList;
import java.util.List;

/** The supernet of {@link CellSpace} whose paths are all of its networks. */
record CellPaths(CellSpace space) {

  List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    for (String type : space.types()) {
      for (int node = 0; node < space.nodes(); node++) {
        for (String side : List.of("left", "right")) {
          rows.add(new Row(type + "/node_" + node + "/" + side, options(node)));
        }
      }
    }
    return List.copyOf(rows);
  }

  private List<String> options(int node) {
    List<String> options = new ArrayList<>();
    for (int source = 0; source < CellSpace.INPUTS + node; source++) {
      for (Operation operation : space.operations()) {
        options.add("from_" + source + "/" + operation.label());
      }
    }
    return options;
  }

  Supernet supernet(Task task) {
    PlanBuilder plan = new PlanBuilder(task.input());
    return new Supernet(space.stacked(plan, task.classes(), this::node), rows());
  }

  private int node(PlanBuilder plan, String place, boolean reduces, List<Integer> values) {
    int row = 2 * ((reduces ? space.nodes() : 0) + values.size() - CellSpace.INPUTS);
    int left = half(plan, place + "left/", row, reduces, values);
    int right = half(plan, place + "right/", row + 1, reduces, values);
    return plan.add(place + "add", new Layer.Add(), left, right);
  }

  private int half(PlanBuilder plan, String place, int row, boolean reduces, List<Integer> values) {
    List<Integer> outputs = new ArrayList<>();
    List<Integer> options = new ArrayList<>();
    for (int source = 0; source < values.size(); source++) {
      for (Operation operation : space.operations()) {
        String at = place + "from_" + source + "/" + operation.label() + "/";
        int stride = CellSpace.stride(source, reduces);
        outputs.add(operation.build(plan, at, values.get(source), stride));
        options.add(options.size());
      }
    }
    return plan.add(place + "choice", new Layer.Choice(row, options), outputs);
  }

  List<Integer> path(Architecture architecture) {
    List<Integer> path = new ArrayList<>();
    for (int gene = 0; gene < architecture.values().size(); gene += 2) {
      path.add(architecture.value(gene) * space.operations().size() + architecture.value(gene + 1));
    }
    return List.copyOf(path);
  }
}
