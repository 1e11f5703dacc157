package dev.archipelago.protocol.space;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One of five operations on each of a cell's six edges: NAS-Bench-201 (Dong and Yang 2020,
 * arXiv:2001.00326, §2.1), 15,625 cells, all of which the authors trained.
 *
 * <p>A cell has four nodes; each adds what comes over the edges from all earlier ones. A 3x3
 * convolution, then three stages of equal cells with a residual block between two of them that
 * halves the map and doubles the channels, then batch norm, ReLU, global pooling and a dense layer.
 *
 * <p><b>Departs:</b> a node without live input is zero and what reads it is left out, where the
 * authors' code also computes operations on zeros, whose batch norms add a constant; a cell without
 * a path from its input to its output gives zeros, so that only the head is left to train. {@link
 * #publishedCost} counts as the authors do. <b>Checked by:</b> {@code NasBench201SpaceTest} (all
 * 15,625 rows: parameters, FLOPs, classes of equal cells).
 *
 * @param channels of the first stage, 1 to 256; 16 in the paper
 * @param cells in each stage, 1 to 20; 5 in the paper
 */
public record NasBench201Space(int channels, int cells) implements SharedSpace, RelaxedSpace {

  public static final String KIND = "nasbench201";

  static final String NONE = "none";
  private static final String SKIP = "skip_connect";
  private static final String CONV_1X1 = "nor_conv_1x1";
  private static final String CONV_3X3 = "nor_conv_3x3";
  private static final String POOL = "avg_pool_3x3";

  static final List<String> OPERATIONS = List.of(NONE, SKIP, CONV_1X1, CONV_3X3, POOL);
  static final int NODES = 4;
  private static final int STAGES = 3;

  public NasBench201Space {
    Options.within("channels", channels, 1, 256);
    Options.within("cells", cells, 1, 20);
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("channels", channels);
    settings.put("cells", cells);
    return settings;
  }

  /** An edge of the cell, in the order of the authors' text. */
  record Edge(int from, int to) {
    static final List<Edge> ALL = all();

    private static List<Edge> all() {
      List<Edge> edges = new ArrayList<>();
      for (int to = 1; to < NODES; to++) {
        for (int from = 0; from < to; from++) {
          edges.add(new Edge(from, to));
        }
      }
      return List.copyOf(edges);
    }

    String place() {
      return "node_" + to + "/from_" + from;
    }
  }

  @Override
  public List<Decision> decisions() {
    return Edge.ALL.stream()
        .<Decision>map(edge -> new Decision.Choice(edge.place(), "operation", OPERATIONS))
        .toList();
  }

  private static String operation(Architecture architecture, int edge) {
    return OPERATIONS.get(architecture.value(edge));
  }

  // --- Text

  /** The authors' form: {@code |op~0|+|op~0|op~1|+|op~0|op~1|op~2|}. */
  public static String toText(Architecture architecture) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < Edge.ALL.size(); i++) {
      Edge edge = Edge.ALL.get(i);
      text.append(edge.from() > 0 ? "" : edge.to() > 1 ? "|+|" : "|");
      text.append(operation(architecture, i)).append('~').append(edge.from());
      text.append(edge.from() < edge.to() - 1 ? "|" : "");
    }
    return text.append('|').toString();
  }

  /**
   * Reads what {@link #toText} wrote.
   *
   * @throws IllegalArgumentException if the text is no such cell
   */
  public static Architecture parseText(String text) {
    List<Integer> values =
        Arrays.stream(text.split("[|+]+", -1))
            .filter(edge -> !edge.isEmpty())
            .map(edge -> OPERATIONS.indexOf(edge.split("~", 2)[0]))
            .toList();
    if (values.size() == Edge.ALL.size() && !values.contains(-1)) {
      Architecture read = new Architecture(KIND, values);
      if (toText(read).equals(text)) {
        return read;
      }
    }
    throw new IllegalArgumentException(
        "not a cell of NAS-Bench-201, |op~0|+|op~0|op~1|+|op~0|op~1|op~2| with "
            + String.join(", ", OPERATIONS)
            + ": "
            + text);
  }

  // --- Equal cells

  /**
   * The cell's output as an expression of its input, sums in alphabetical order: the authors'
   * {@code to_unique_str} with zeros considered, which tells 6,466 cells apart (§2.1).
   *
   * <p>As there, a convolution that is read twice counts as two, and a sum of zeros as a sum.
   */
  @Override
  public String canonical(Architecture architecture) {
    check(architecture);
    List<String> nodes = new ArrayList<>(List.of("0"));
    for (int node = 1; node < NODES; node++) {
      List<String> terms = new ArrayList<>();
      for (int i = 0; i < Edge.ALL.size(); i++) {
        if (Edge.ALL.get(i).to() == node) {
          terms.add(term(operation(architecture, i), nodes.get(Edge.ALL.get(i).from())));
        }
      }
      Collections.sort(terms);
      nodes.add(String.join("+", terms));
    }
    return nodes.get(NODES - 1);
  }

  private static String term(String operation, String source) {
    if (operation.equals(NONE) || source.equals("#")) {
      return "#";
    }
    return operation.equals(SKIP) ? source : "(" + source + ")@" + operation;
  }

  // --- Networks

  @Override
  public NetworkPlan decode(Architecture architecture, Task task) {
    check(architecture);
    return stacked(
        new PlanBuilder(task.input()),
        task.classes(),
        (plan, place, input) -> cell(plan, place, architecture, input));
  }

  /** What stands between a cell's input and its output. */
  interface Interior {
    int build(PlanBuilder plan, String place, int input);
  }

  /** The network around the cells. */
  NetworkPlan stacked(PlanBuilder plan, int classes, Interior interior) {
    int conv = plan.add("stem/conv", Layer.Conv.of(channels, 3, 3, 1), plan.input());
    int last = plan.add("stem/norm", new Layer.BatchNorm(), conv);
    for (int stage = 0; stage < STAGES; stage++) {
      String place = "stage_" + stage + "/";
      if (stage > 0) {
        last = reduction(plan, place + "reduction/", last, channels << stage);
      }
      for (int cell = 0; cell < cells; cell++) {
        last = interior.build(plan, place + "cell_" + cell + "/", last);
      }
    }
    int norm = plan.add("head/norm", new Layer.BatchNorm(), last);
    int relu = plan.add("head/relu", new Layer.Relu(), norm);
    return plan.classifier(relu, classes);
  }

  /** The residual block of stride 2; its shortcut pools, then fits the channels. */
  private static int reduction(PlanBuilder plan, String place, int input, int filters) {
    int first = Operation.conv(plan, place + "first/", input, filters, 3, 2);
    int second = Operation.conv(plan, place + "second/", first, filters, 3, 1);
    int pool = plan.add(place + "shortcut/pool", new Layer.AvgPool(2, 2), input);
    int fitted = plan.add(place + "shortcut/conv", Layer.Conv.of(filters, 1, 1, 1), pool);
    return plan.add(place + "add", new Layer.Add(), fitted, second);
  }

  private static int cell(PlanBuilder plan, String place, Architecture architecture, int input) {
    List<Optional<Integer>> nodes = new ArrayList<>(List.of(Optional.of(input)));
    for (int node = 1; node < NODES; node++) {
      List<Integer> terms = new ArrayList<>();
      for (int i = 0; i < Edge.ALL.size(); i++) {
        Edge edge = Edge.ALL.get(i);
        Optional<Integer> source = edge.to() == node ? nodes.get(edge.from()) : Optional.empty();
        String operation = operation(architecture, i);
        if (source.isPresent() && !operation.equals(NONE)) {
          terms.add(apply(plan, place + edge.place() + "/", operation, source.get()));
        }
      }
      nodes.add(sum(plan, place + "node_" + node + "/add", terms));
    }
    return nodes
        .get(NODES - 1)
        .orElseGet(() -> plan.add(place + "zero", new Layer.Zero(plan.shape(input)), plan.input()));
  }

  private static Optional<Integer> sum(PlanBuilder plan, String name, List<Integer> terms) {
    if (terms.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(terms.size() == 1 ? terms.get(0) : plan.add(name, new Layer.Add(), terms));
  }

  static int apply(PlanBuilder plan, String place, String operation, int input) {
    return switch (operation) {
      case SKIP -> input;
      case CONV_1X1 -> Operation.conv(plan, place, input, 1, 1);
      case CONV_3X3 -> Operation.conv(plan, place, input, 3, 1);
      case POOL -> plan.add(place + "pool", new Layer.AvgPool(3, 1), input);
      default -> throw new AssertionError("not an operation on a live edge: " + operation);
    };
  }

  // --- Shared weights

  /** The edges, with the operations in the order of the decisions. */
  @Override
  public List<Row> rows() {
    return Edge.ALL.stream().map(edge -> new Row(edge.place(), OPERATIONS)).toList();
  }

  @Override
  public Supernet supernet(Task task) {
    return new NasBench201Supernet(this).paths(task);
  }

  @Override
  public List<Integer> path(Architecture architecture) {
    check(architecture);
    return architecture.values();
  }

  /** {@link #rows}, then with partial channels the nodes that read several edges. */
  @Override
  public List<Row> relaxedRows(int channelShare) {
    return new NasBench201Supernet(this).relaxedRows(new PartialChannels(channelShare));
  }

  @Override
  public Supernet relaxed(Task task, int channelShare) {
    return new NasBench201Supernet(this).relaxed(task, new PartialChannels(channelShare));
  }

  /**
   * The likeliest operation on each edge, {@code none} too, as the benchmark's authors derive
   * cells; of equals the first. No edge competes with another, so that edge normalisations have no
   * say.
   */
  @Override
  public Architecture derive(Ragged probabilities, int channelShare) {
    List<Integer> values = new ArrayList<>();
    for (int edge = 0; edge < Edge.ALL.size(); edge++) {
      List<Double> row = probabilities.row(edge);
      values.add(row.indexOf(Collections.max(row)));
    }
    return new Architecture(KIND, values);
  }

  /** All of a node's edges come through; with partial channels {@code none} lets the rest pass. */
  @Override
  public List<Integer> relaxedPath(Architecture architecture, int channelShare) {
    List<Integer> path = new ArrayList<>(path(architecture));
    while (path.size() < relaxedRows(channelShare).size()) {
      path.add(Supernet.EVERY);
    }
    return List.copyOf(path);
  }

  /** An edge is live if its input hangs on the cell's input, and the cell's output on the edge. */
  @Override
  public List<Integer> livePath(Architecture architecture, int channelShare) {
    List<Integer> path = new ArrayList<>(relaxedPath(architecture, channelShare));
    boolean[] fed = new boolean[NODES];
    fed[0] = true;
    for (int i = 0; i < Edge.ALL.size(); i++) { // in the order of the nodes that they lead to
      fed[Edge.ALL.get(i).to()] |= fed[Edge.ALL.get(i).from()] && !isNone(architecture, i);
    }
    boolean[] read = new boolean[NODES];
    read[NODES - 1] = true;
    for (int i = Edge.ALL.size() - 1; i >= 0; i--) {
      read[Edge.ALL.get(i).from()] |= read[Edge.ALL.get(i).to()] && !isNone(architecture, i);
    }
    for (int i = 0; i < Edge.ALL.size(); i++) {
      if (!fed[Edge.ALL.get(i).from()] || !read[Edge.ALL.get(i).to()]) {
        path.set(i, OPERATIONS.indexOf(NONE));
      }
    }
    return List.copyOf(path);
  }

  private static boolean isNone(Architecture architecture, int edge) {
    return operation(architecture, edge).equals(NONE);
  }

  // --- The table's costs

  /**
   * What the authors' counter says of an architecture.
   *
   * @param params trained numbers
   * @param flops multiply-accumulates of convolutions and of the classifier, its biases counted,
   *     too
   */
  public record PublishedCost(long params, long flops) {}

  /** The cost with every edge's operation built, dead ones too, as in the published table. */
  public PublishedCost publishedCost(Architecture architecture, Task task) {
    check(architecture);
    Architecture skips =
        new Architecture(KIND, Collections.nCopies(Edge.ALL.size(), OPERATIONS.indexOf(SKIP)));
    PlanCost skeleton = PlanCost.of(decode(skips, task));
    long params = skeleton.params();
    long flops = skeleton.flops() + task.classes();
    Shape map = new Shape(channels, task.input().height(), task.input().width());
    for (int stage = 0; stage < STAGES; stage++) {
      for (int i = 0; i < Edge.ALL.size(); i++) {
        PlanBuilder edge = new PlanBuilder(map);
        if (operation(architecture, i).startsWith("nor_conv")) {
          apply(edge, "", operation(architecture, i), edge.input());
          PlanCost cost = PlanCost.of(edge.build());
          params += cells * cost.params();
          flops += cells * cost.flops();
        }
      }
      map = new Shape(2 * map.channels(), (map.height() + 1) / 2, (map.width() + 1) / 2);
    }
    return new PublishedCost(params, flops);
  }
}
