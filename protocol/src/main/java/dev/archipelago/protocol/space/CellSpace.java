package dev.archipelago.protocol.space;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Two small cells, stacked: the space of NASNet (arXiv:1707.07012, §3) as DARTS
 * (arXiv:1806.09055v2, §2.1 and §3.1.1) lays it out.
 *
 * <p>A cell reads the outputs of the two cells before it. Each of its nodes applies an operation to
 * each of two earlier values and adds the results; the cell's output joins all nodes. Normal cells
 * keep the map; a reduction cell between two stages halves it and doubles the channels.
 *
 * <p><b>Departs:</b> a cell's inputs are brought to its channels and size by ReLU, 1x1 convolution
 * (with stride where the size differs) and batch norm; pools are not followed by a batch norm, as
 * in DARTS's evaluation networks. <b>Checked by:</b> {@code CellSpaceTest}.
 *
 * @param nodes intermediate nodes of a cell, 1 to 8
 * @param stages runs of normal cells, with one reduction cell between two of them, 1 to 5
 * @param cells normal cells in a stage, 1 to 20
 * @param filters channels of a node in the first stage, 1 to 1024
 */
public record CellSpace(int nodes, List<Operation> operations, int stages, int cells, int filters)
    implements SharedSpace, RelaxedSpace {

  public static final String KIND = "cell";

  /** Decisions per node: two inputs and their operations, as (input, operation) twice. */
  static final int CHOICES = 4;

  /** What a cell reads from outside: the outputs of the two cells before it. */
  static final int INPUTS = 2;

  public CellSpace {
    operations = List.copyOf(operations);
    Options.within("nodes", nodes, 1, 8);
    Options.different("operations", operations);
    Options.within("stages", stages, 1, 5);
    Options.within("cells", cells, 1, 20);
    Options.within("filters", filters, 1, 1024);
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("nodes", nodes);
    settings.put("operations", operations.stream().map(Operation::label).toList());
    settings.put("stages", stages);
    settings.put("cells", cells);
    settings.put("filters", filters);
    return settings;
  }

  /** The normal cell's decisions, then, if there is more than one stage, the reduction cell's. */
  @Override
  public List<Decision> decisions() {
    List<String> labels = operations.stream().map(Operation::label).toList();
    List<Decision> decisions = new ArrayList<>();
    for (String type : types()) {
      for (int node = 0; node < nodes; node++) {
        List<String> earlier = new ArrayList<>(List.of("previous_cell", "last_cell"));
        for (int other = 0; other < node; other++) {
          earlier.add("node_" + other);
        }
        for (String side : List.of("left", "right")) {
          String place = type + "/node_" + node + "/" + side + "_";
          decisions.add(new Decision.Choice(place + "input", "input_" + node, earlier));
          decisions.add(new Decision.Choice(place + "operation", "operation", labels));
        }
      }
    }
    return List.copyOf(decisions);
  }

  /** The cells that are searched for. */
  List<String> types() {
    return stages > 1 ? List.of("normal", "reduction") : List.of("normal");
  }

  /**
   * Each cell's {@link CellForm}: a node's two halves are summed and all nodes are joined, so that
   * neither the order of the halves nor that of the nodes matters.
   */
  @Override
  public String canonical(Architecture architecture) {
    check(architecture);
    String normal = CellForm.of(normal(architecture));
    return stages > 1 ? normal + " " + CellForm.of(reduction(architecture)) : normal;
  }

  @Override
  public NetworkPlan decode(Architecture architecture, Task task) {
    check(architecture);
    return stacked(
        new PlanBuilder(task.input()),
        task.classes(),
        (plan, place, reduces, values) ->
            node(
                plan,
                place,
                reduces ? reduction(architecture) : normal(architecture),
                reduces,
                values));
  }

  /**
   * What a node makes of the values before it: the cell's two inputs, then the earlier nodes. In a
   * cell that reduces, the inputs are read with stride 2.
   */
  interface Interior {
    int node(PlanBuilder plan, String place, boolean reduces, List<Integer> values);
  }

  /** The network around the nodes. */
  NetworkPlan stacked(PlanBuilder plan, int classes, Interior interior) {
    int stem = plan.add("stem/conv", Layer.Conv.of(filters, 3, 3, 1), plan.input());
    int last = plan.add("stem/norm", new Layer.BatchNorm(), stem);
    int previous = last;
    int number = 0;
    for (int stage = 0; stage < stages; stage++) {
      int reducing = stage > 0 ? 1 : 0;
      for (int i = 0; i < reducing + cells; i++) {
        String place = "cell_" + number++ + "/";
        boolean reduces = i < reducing;
        int output = cell(plan, place, interior, reduces, previous, last, filters << stage);
        previous = last;
        last = output;
      }
    }
    int relu = plan.add("head/relu", new Layer.Relu(), last);
    return plan.classifier(relu, classes);
  }

  private List<Integer> normal(Architecture architecture) {
    return architecture.values().subList(0, nodes * CHOICES);
  }

  private List<Integer> reduction(Architecture architecture) {
    return architecture.values().subList(nodes * CHOICES, 2 * nodes * CHOICES);
  }

  private int cell(
      PlanBuilder plan,
      String place,
      Interior interior,
      boolean reduces,
      int previous,
      int last,
      int channels) {
    List<Integer> values = new ArrayList<>();
    values.add(adapt(plan, place + "previous/", previous, plan.shape(last), channels));
    values.add(adapt(plan, place + "last/", last, plan.shape(last), channels));
    for (int node = 0; node < nodes; node++) {
      values.add(interior.node(plan, place + "node_" + node + "/", reduces, values));
    }
    return plan.concat(place + "concat", values.subList(INPUTS, values.size()));
  }

  private int node(
      PlanBuilder plan, String place, List<Integer> genes, boolean reduces, List<Integer> values) {
    int gene = (values.size() - INPUTS) * CHOICES;
    int left = half(plan, place + "left/", genes, gene, reduces, values);
    int right = half(plan, place + "right/", genes, gene + 2, reduces, values);
    return plan.add(place + "add", new Layer.Add(), left, right);
  }

  private int half(
      PlanBuilder plan,
      String place,
      List<Integer> genes,
      int gene,
      boolean reduces,
      List<Integer> values) {
    int source = genes.get(gene);
    Operation operation = operations.get(genes.get(gene + 1));
    return operation.build(plan, place, values.get(source), stride(source, reduces));
  }

  /** Only the cell's inputs are read with a stride. */
  static int stride(int source, boolean reduces) {
    return reduces && source < INPUTS ? 2 : 1;
  }

  private static int adapt(PlanBuilder plan, String place, int input, Shape like, int channels) {
    boolean larger =
        plan.shape(input).height() > like.height() || plan.shape(input).width() > like.width();
    return Operation.conv(plan, place, input, channels, 1, larger ? 2 : 1);
  }

  // --- Shared weights

  /** A row for each half of each node: every operation on every earlier value. */
  @Override
  public List<Row> rows() {
    return new CellPaths(this).rows();
  }

  @Override
  public Supernet supernet(Task task) {
    return new CellPaths(this).supernet(task);
  }

  @Override
  public List<Integer> path(Architecture architecture) {
    check(architecture);
    return new CellPaths(this).path(architecture);
  }

  /** {@code none} is the last option of every edge. */
  @Override
  public List<Row> relaxedRows(int channelShare) {
    return new RelaxedCells(this, new PartialChannels(channelShare)).rows();
  }

  @Override
  public Supernet relaxed(Task task, int channelShare) {
    return new RelaxedCells(this, new PartialChannels(channelShare)).supernet(task);
  }

  /**
   * For every node the two strongest edges, each with its strongest operation (DARTS,
   * arXiv:1806.09055v2, §2.4): of an edge, the largest probability of an operation other than
   * {@code none}, with partial channels times the edge's own (PC-DARTS, arXiv:1907.05737v4, §3.3).
   * The earlier input is left; of equals the first is taken.
   */
  @Override
  public Architecture derive(Ragged probabilities, int channelShare) {
    return new RelaxedCells(this, new PartialChannels(channelShare)).derive(probabilities);
  }

  /**
   * All of a node's edges come through; with partial channels {@code none} lets the rest pass.
   *
   * @throws IllegalArgumentException if a node reads one value twice: an edge has one operation
   */
  @Override
  public List<Integer> relaxedPath(Architecture architecture, int channelShare) {
    check(architecture);
    return new RelaxedCells(this, new PartialChannels(channelShare)).path(architecture);
  }
}
