package dev.archipelago.protocol.space;

import dev.archipelago.protocol.space.NasBench201Space.Edge;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The supernets of {@link NasBench201Space}: every edge a choice between its operations. */
record NasBench201Supernet(NasBench201Space space) {

  /** All but {@code none}, which lets nothing through. */
  private static final List<Candidate> CANDIDATES =
      IntStream.range(0, NasBench201Space.OPERATIONS.size())
          .mapToObj(NasBench201Supernet::candidate)
          .filter(candidate -> !candidate.name().equals(NasBench201Space.NONE))
          .toList();

  private static Candidate candidate(int option) {
    String operation = NasBench201Space.OPERATIONS.get(option);
    return new Candidate(
        option,
        operation,
        (plan, place, input, stride) -> NasBench201Space.apply(plan, place, operation, input));
  }

  Supernet paths(Task task) {
    PlanBuilder plan = new PlanBuilder(task.input());
    return new Supernet(network(plan, task, CANDIDATES, new PartialChannels(1)), space.rows());
  }

  Supernet relaxed(Task task, PartialChannels partial) {
    partial.checkDivides("channels", space.channels());
    List<Candidate> candidates = CANDIDATES.stream().map(Candidate::standardized).toList();
    PlanBuilder plan = PlanBuilder.relaxed(task.input());
    return new Supernet(network(plan, task, candidates, partial), relaxedRows(partial));
  }

  List<Row> relaxedRows(PartialChannels partial) {
    List<Integer> nodes = IntStream.range(1, NasBench201Space.NODES).boxed().toList();
    List<String> places = nodes.stream().map(node -> "node_" + node).toList();
    List<Row> ofNodes = partial.nodeRows(places, nodes); // node n reads n edges
    return Stream.concat(space.rows().stream(), ofNodes.stream()).toList();
  }

  private NetworkPlan network(
      PlanBuilder plan, Task task, List<Candidate> candidates, PartialChannels partial) {
    return space.stacked(
        plan,
        task.classes(),
        (builder, place, input) -> cell(builder, place, candidates, partial, input));
  }

  private static int cell(
      PlanBuilder plan,
      String place,
      List<Candidate> candidates,
      PartialChannels partial,
      int input) {
    List<Integer> nodes = new ArrayList<>(List.of(input));
    int row = Edge.ALL.size(); // of the next node with several edges
    for (int node = 1; node < NasBench201Space.NODES; node++) {
      List<Integer> edges = new ArrayList<>();
      for (int i = 0; i < Edge.ALL.size(); i++) {
        Edge edge = Edge.ALL.get(i);
        if (edge.to() == node) {
          String at = place + edge.place() + "/";
          edges.add(partial.edge(plan, at, i, candidates, nodes.get(edge.from()), 1));
        }
      }
      nodes.add(partial.node(plan, place + "node_" + node + "/", row, edges));
      row += edges.size() > 1 ? 1 : 0;
    }
    return plan.add(place + "present", new Layer.Present(), nodes.get(NasBench201Space.NODES - 1));
  }
}
