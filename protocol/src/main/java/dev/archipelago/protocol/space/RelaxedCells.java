package dev.archipelago.protocol.space;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** The relaxed supernet of {@link CellSpace}, whose nodes read all that is before them. */
record RelaxedCells(CellSpace space, PartialChannels partial) {

  List<Row> rows() {
    List<String> options =
        new ArrayList<>(space.operations().stream().map(Operation::label).toList());
    options.add("none");
    List<Row> rows = new ArrayList<>();
    List<String> nodes = new ArrayList<>();
    List<Integer> edges = new ArrayList<>(); // of each node
    for (String type : space.types()) {
      for (int node = 0; node < space.nodes(); node++) {
        String place = type + "/node_" + node;
        nodes.add(place);
        edges.add(CellSpace.INPUTS + node);
        for (int source = 0; source < CellSpace.INPUTS + node; source++) {
          rows.add(new Row(place + "/from_" + source, options));
        }
      }
    }
    rows.addAll(partial.nodeRows(nodes, edges));
    return List.copyOf(rows);
  }

  /** Index of a cell's first edge to a node; to one after the last, the number of its edges. */
  private static int edgesBefore(int node) {
    return CellSpace.INPUTS * node + node * (node - 1) / 2;
  }

  private int edgeRow(int type, int node) {
    return type * edgesBefore(space.nodes()) + edgesBefore(node);
  }

  private int nodeRow(int type, int node) {
    return space.types().size() * edgesBefore(space.nodes()) + type * space.nodes() + node;
  }

  // --- The network

  Supernet supernet(Task task) {
    partial.checkDivides("filters", space.filters());
    PlanBuilder plan = PlanBuilder.relaxed(task.input());
    List<Candidate> candidates =
        IntStream.range(0, space.operations().size()).mapToObj(this::candidate).toList();
    NetworkPlan network =
        space.stacked(
            plan,
            task.classes(),
            (builder, place, reduces, values) -> node(builder, place, candidates, reduces, values));
    return new Supernet(network, rows());
  }

  private Candidate candidate(int option) {
    Operation operation = space.operations().get(option);
    return new Candidate(option, operation.label(), operation::build).standardized();
  }

  private int node(
      PlanBuilder plan,
      String place,
      List<Candidate> candidates,
      boolean reduces,
      List<Integer> values) {
    int type = reduces ? 1 : 0;
    int node = values.size() - CellSpace.INPUTS;
    List<Integer> edges = new ArrayList<>();
    for (int source = 0; source < values.size(); source++) {
      int row = edgeRow(type, node) + source;
      String at = place + "from_" + source + "/";
      int stride = CellSpace.stride(source, reduces);
      edges.add(partial.edge(plan, at, row, candidates, values.get(source), stride));
    }
    int sum = partial.node(plan, place, nodeRow(type, node), edges);
    // What reads the cell's output counts on every node, and `none` may be taken on all edges.
    return plan.add(place + "present", new Layer.Present(), sum);
  }

  // --- Cells

  /** An edge to one node with its strongest operation. */
  private record Edge(int source, int operation, double strength) {}

  Architecture derive(Ragged probabilities) {
    List<Integer> values = new ArrayList<>();
    for (int type = 0; type < space.types().size(); type++) {
      for (int node = 0; node < space.nodes(); node++) {
        for (Edge edge : strongest(probabilities, type, node)) {
          values.add(edge.source());
          values.add(edge.operation());
        }
      }
    }
    return new Architecture(space.kind(), values);
  }

  private List<Edge> strongest(Ragged probabilities, int type, int node) {
    List<Edge> edges = new ArrayList<>();
    for (int source = 0; source < CellSpace.INPUTS + node; source++) {
      List<Double> operations =
          probabilities.row(edgeRow(type, node) + source).subList(0, space.operations().size());
      double most = Collections.max(operations);
      double own = partial.share() > 1 ? probabilities.get(nodeRow(type, node), source) : 1;
      edges.add(new Edge(source, operations.indexOf(most), most * own));
    }
    return edges.stream()
        .sorted(Comparator.comparing(Edge::strength).reversed()) // stable: of equals the first
        .limit(2)
        .sorted(Comparator.comparing(Edge::source))
        .toList();
  }

  List<Integer> path(Architecture architecture) {
    List<Row> rows = rows();
    int edges = nodeRow(0, 0);
    List<Integer> path = new ArrayList<>(Collections.nCopies(edges, space.operations().size()));
    for (int at = 0; at < architecture.values().size(); at += 2) {
      int number = at / CellSpace.CHOICES; // of the node, over both cells
      int row = edgeRow(number / space.nodes(), number % space.nodes()) + architecture.value(at);
      if (path.get(row) < space.operations().size()) {
        throw new IllegalArgumentException(
            rows.get(row).name() + " is taken twice: an edge has one operation");
      }
      path.set(row, architecture.value(at + 1));
    }
    path.addAll(Collections.nCopies(rows.size() - edges, Supernet.EVERY));
    return List.copyOf(path);
  }
}
