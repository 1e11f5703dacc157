package dev.archipelago.protocol.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CellSpaceTest extends SpaceContract {
  private static final List<Operation> TWO = List.of(Operation.SKIP_CONNECT, Operation.CONV_3X3);
  private static final CellSpace SMALL = new CellSpace(2, TWO, 1, 1, 4);

  @Override
  List<SearchSpace> spaces() {
    return List.of(
        SMALL,
        new CellSpace(1, TWO, 2, 1, 2),
        new CellSpace(4, Arrays.asList(Operation.values()), 3, 2, 8),
        new CellSpace(3, Arrays.asList(Operation.values()), 5, 1, 4));
  }

  /** Two inputs of two earlier cells, then of one node more each, times operations, squared. */
  @Test
  void countsInputsAndOperationsOfBothCells() {
    CellSpace space = new CellSpace(4, Arrays.asList(Operation.values()), 2, 1, 8);
    BigInteger cell = BigInteger.ONE;
    for (int inputs = 2; inputs <= 5; inputs++) {
      cell = cell.multiply(BigInteger.valueOf((inputs * 9L) * (inputs * 9L)));
    }
    assertThat(space.size()).isEqualTo(cell.pow(2));
    assertThat(SMALL.size()).isEqualTo(BigInteger.valueOf(16 * 36));
  }

  @Test
  void swappedHalvesAreTheSameNetwork() {
    for (Architecture architecture : Architectures.all(SMALL)) {
      for (int node = 0; node < 2; node++) {
        Architecture swapped = swap(architecture, 4 * node);
        assertThat(SMALL.fingerprint(swapped)).isEqualTo(SMALL.fingerprint(architecture));
      }
    }
  }

  @Test
  void nothingElseIsTakenForTheSame() {
    // Unordered pairs of 4 halves for the first node and of 6 for the second; where the second does
    // not read the first, the two are an unordered pair themselves.
    int apart = (4 * 5 / 2) * (4 * 5 / 2);
    int reading = (4 * 5 / 2) * (6 * 7 / 2) - apart;
    assertThat(Architectures.all(SMALL).stream().map(SMALL::fingerprint).distinct())
        .hasSize(reading + (10 * 11 / 2));
  }

  /** Nodes 0 and 1 are twins, and only one of them is read: either may be. */
  @Test
  void nodesInAnotherOrderAreTheSameNetwork() {
    CellSpace space = new CellSpace(3, TWO, 1, 1, 4);
    List<Integer> twins = List.of(0, 1, 1, 0, 0, 1, 1, 0);
    List<Integer> first = List.of(2, 0, 2, 1);
    List<Integer> second = List.of(3, 1, 3, 0);
    List<Integer> both = List.of(2, 0, 3, 1);
    assertThat(fingerprint(space, twins, first)).isEqualTo(fingerprint(space, twins, second));
    assertThat(fingerprint(space, twins, first)).isNotEqualTo(fingerprint(space, twins, both));
    // A chain that is written in the only order it has, and a node that may stand anywhere.
    assertThat(fingerprint(space, List.of(0, 0, 0, 0, 1, 1, 1, 1), List.of(2, 1, 0, 0)))
        .isEqualTo(fingerprint(space, List.of(1, 1, 1, 1, 0, 0, 0, 0), List.of(0, 0, 3, 1)));
  }

  private static String fingerprint(CellSpace space, List<Integer> two, List<Integer> third) {
    List<Integer> values = Stream.concat(two.stream(), third.stream()).toList();
    return space.fingerprint(Architectures.of(space, values));
  }

  private static Architecture swap(Architecture architecture, int at) {
    return architecture
        .with(at, architecture.value(at + 2))
        .with(at + 1, architecture.value(at + 3))
        .with(at + 2, architecture.value(at))
        .with(at + 3, architecture.value(at + 1));
  }

  @Test
  void separableAndDilatedCellCostsWhatPaperAndPencilSay() {
    CellSpace space =
        new CellSpace(
            2,
            List.of(Operation.SKIP_CONNECT, Operation.SEP_CONV_3X3, Operation.DIL_CONV_5X5),
            1,
            1,
            4);
    // node 0: sep_conv_3x3 of the cell before the last, dil_conv_5x5 of the last;
    // node 1: node 0 twice, unchanged.
    Architecture architecture = Architectures.of(space, List.of(0, 1, 1, 2, 2, 0, 2, 0));
    NetworkPlan plan = space.decode(architecture, new Task(new Shape(3, 8, 8), 10));
    long stem = 4 * 3 * 9 + 8;
    long adapted = 2 * (4 * 4 + 8);
    long separable = 2 * (4 * 9 + 4 * 4 + 8);
    long dilated = 4 * 25 + 4 * 4 + 8;
    long head = 8 * 10 + 10;
    PlanCost cost = PlanCost.of(plan);
    assertThat(cost.params()).isEqualTo(stem + adapted + separable + dilated + head).isEqualTo(498);
    long map = 4 * 8 * 8;
    assertThat(cost.flops())
        .isEqualTo(map * 27 + 2 * map * 4 + 2 * (map * 9 + map * 4) + (map * 25 + map * 4) + 8 * 10)
        .isEqualTo(23_120);
  }

  @Test
  void reductionCellCostsWhatPaperAndPencilSay() {
    CellSpace space =
        new CellSpace(1, List.of(Operation.SKIP_CONNECT, Operation.DIL_CONV_3X3), 2, 1, 2);
    // normal: both inputs unchanged; reduction: skip of one, dil_conv_3x3 of the other, both stride
    // 2.
    Architecture architecture = Architectures.of(space, List.of(0, 0, 1, 0, 0, 0, 1, 1));
    NetworkPlan plan = space.decode(architecture, new Task(new Shape(1, 7, 7), 2));
    long stem = 2 * 9 + 4;
    long normal = 2 * (2 * 2 + 4);
    long reduction = 2 * (2 * 4 + 8) + (4 * 4 + 8) + (4 * 9 + 4 * 4 + 8);
    long last = (2 * 4 + 8) + (4 * 4 + 8); // reads a map of stride 1 and one of stride 2
    long head = 4 * 2 + 2;
    PlanCost cost = PlanCost.of(plan);
    assertThat(cost.params()).isEqualTo(stem + normal + reduction + last + head).isEqualTo(204);
    assertThat(cost.flops())
        .isEqualTo(
            (98 * 9) // stem, 2x7x7
                + 2 * (98 * 2)
                + 2 * (196 * 2) // 4x7x7
                + (64 * 4) // skip of stride 2: 4x4x4
                + (64 * 9 + 64 * 4)
                + (64 * 2 + 64 * 4)
                + 4 * 2)
        .isEqualTo(3_538);
  }

  /** Every node reads the cell before the last: every second cell leads nowhere. */
  @Test
  void leavesOutCellsThatLeadNowhere() {
    CellSpace space = new CellSpace(2, TWO, 1, 4, 4);
    Architecture architecture = Architectures.of(space, List.of(0, 1, 0, 1, 0, 1, 0, 1));
    NetworkPlan plan = space.decode(architecture, new Task(new Shape(3, 8, 8), 10));
    assertThat(plan.nodes().stream().map(node -> node.name().split("/", -1)[0]).distinct())
        .containsExactly("input", "stem", "cell_1", "cell_3", "head");
  }

  @Test
  void reductionHalvesTheMapAndDoublesTheChannels() {
    CellSpace space = new CellSpace(2, TWO, 3, 1, 8);
    List<Integer> lastCell = List.of(1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0);
    NetworkPlan plan =
        space.decode(Architectures.of(space, lastCell), new Task(new Shape(3, 32, 32), 10));
    List<String> names = plan.nodes().stream().map(NetworkPlan.Node::name).toList();
    List<Shape> shapes =
        names.stream()
            .filter(name -> name.endsWith("/concat"))
            .map(name -> plan.shapes().get(names.indexOf(name)))
            .toList();
    assertThat(shapes)
        .containsExactly(
            new Shape(16, 32, 32),
            new Shape(32, 16, 16),
            new Shape(32, 16, 16),
            new Shape(64, 8, 8),
            new Shape(64, 8, 8));
  }

  @Test
  void refusesImpossibleSpaces() {
    assertThatThrownBy(() -> new CellSpace(9, TWO, 1, 1, 8))
        .hasMessage("nodes must be 1 to 8, got 9");
    assertThatThrownBy(() -> new CellSpace(2, TWO, 0, 1, 8))
        .hasMessage("stages must be 1 to 5, got 0");
    assertThatThrownBy(() -> new CellSpace(2, TWO, 1, 21, 8))
        .hasMessage("cells must be 1 to 20, got 21");
    assertThatThrownBy(() -> new CellSpace(2, TWO, 1, 1, 0))
        .hasMessage("filters must be 1 to 1024, got 0");
    assertThatThrownBy(() -> new CellSpace(2, List.of(), 1, 1, 8))
        .hasMessage("operations must be a list of different options");
  }

  // --- Shared weights

  @Test
  void everyHalfOfANodeIsARow() {
    List<String> first =
        List.of("from_0/skip_connect", "from_0/conv_3x3", "from_1/skip_connect", "from_1/conv_3x3");
    List<Row> rows = SMALL.rows();
    assertThat(rows.stream().map(Row::name))
        .containsExactly(
            "normal/node_0/left",
            "normal/node_0/right",
            "normal/node_1/left",
            "normal/node_1/right");
    assertThat(rows.get(1).options()).isEqualTo(first);
    assertThat(rows.get(2).options())
        .isEqualTo(
            Stream.concat(first.stream(), Stream.of("from_2/skip_connect", "from_2/conv_3x3"))
                .toList());
    assertThat(SMALL.path(Architectures.of(SMALL, List.of(0, 1, 1, 0, 2, 1, 0, 0))))
        .containsExactly(1, 2, 5, 0);
  }

  @Test
  void everyEdgeIsARelaxedRowAndThenEveryNode() {
    CellSpace space = new CellSpace(2, TWO, 2, 1, 4);
    List<String> edges =
        List.of(
            "node_0/from_0", "node_0/from_1", "node_1/from_0", "node_1/from_1", "node_1/from_2");
    List<String> expected =
        Stream.concat(
                edges.stream().map(edge -> "normal/" + edge),
                edges.stream().map(edge -> "reduction/" + edge))
            .toList();
    assertThat(space.relaxedRows(1).stream().map(Row::name)).containsExactlyElementsOf(expected);
    assertThat(space.relaxedRows(1).get(0).options())
        .containsExactly("skip_connect", "conv_3x3", "none");
    assertThat(space.relaxedRows(2).subList(10, 14))
        .containsExactly(
            new Row("normal/node_0/edges", List.of("from_0", "from_1")),
            new Row("normal/node_1/edges", List.of("from_0", "from_1", "from_2")),
            new Row("reduction/node_0/edges", List.of("from_0", "from_1")),
            new Row("reduction/node_1/edges", List.of("from_0", "from_1", "from_2")));
  }

  /** Node 1: edge 1 has the strongest `none`, which counts for nothing, and two operations tie. */
  private static final Ragged PROBABILITIES =
      new Ragged(
          List.of(
              List.of(0.2, 0.7, 0.1),
              List.of(0.8, 0.1, 0.1),
              List.of(0.4, 0.3, 0.3),
              List.of(0.1, 0.1, 0.8),
              List.of(0.45, 0.45, 0.1)));

  @Test
  void derivesTheTwoStrongestEdgesOfEveryNode() {
    Architecture derived = SMALL.derive(PROBABILITIES, 1);
    assertThat(derived.values()).containsExactly(0, 1, 1, 0, 0, 0, 2, 0);
    assertThat(SMALL.relaxedPath(derived, 1)).containsExactly(1, 0, 0, 2, 0);
  }

  @Test
  void ofEqualEdgesTheFirstAreTaken() {
    Ragged equal = Ragged.filled(SMALL.relaxedRows(1), 1.0 / 3);
    assertThat(SMALL.derive(equal, 1).values()).containsExactly(0, 0, 1, 0, 0, 0, 1, 0);
  }

  /** 0.4 * 0.1 of edge 0 is less than 0.1 * 0.6 of edge 1. */
  @Test
  void edgeNormalisationWeighsTheEdgesOfANode() {
    List<List<Double>> rows =
        Stream.concat(
                PROBABILITIES.rows().stream(), Stream.of(List.of(0.5, 0.5), List.of(0.1, 0.6, 0.3)))
            .toList();
    Architecture derived = SMALL.derive(new Ragged(rows), 2);
    assertThat(derived.values()).containsExactly(0, 1, 1, 0, 1, 0, 2, 0);
    assertThat(SMALL.relaxedPath(derived, 2))
        .containsExactly(1, 0, 2, 0, 0, Supernet.EVERY, Supernet.EVERY);
  }

  @Test
  void theReductionCellIsDerivedFromItsOwnRows() {
    CellSpace space = new CellSpace(1, TWO, 2, 1, 4);
    Ragged probabilities =
        new Ragged(
            List.of(
                List.of(0.9, 0.1, 0.0),
                List.of(0.1, 0.9, 0.0),
                List.of(0.1, 0.9, 0.0),
                List.of(0.9, 0.1, 0.0)));
    Architecture derived = space.derive(probabilities, 1);
    assertThat(derived.values()).containsExactly(0, 0, 1, 1, 0, 1, 1, 0);
    assertThat(space.relaxedPath(derived, 1)).containsExactly(0, 1, 1, 0);
  }

  @Test
  void anEdgeHasOneOperation() {
    Architecture twice = Architectures.of(SMALL, List.of(0, 1, 0, 0, 0, 0, 1, 0));
    assertThatThrownBy(() -> SMALL.relaxedPath(twice, 1))
        .hasMessage("normal/node_0/from_0 is taken twice: an edge has one operation");
  }

  /** The path of a derived cell is that cell with batch norms without scale and shift. */
  @Test
  void theRelaxedPathIsTheDerivedCell() {
    CellSpace space =
        new CellSpace(2, List.of(Operation.SKIP_CONNECT, Operation.DIL_CONV_3X3), 2, 1, 4);
    Task task = new Task(new Shape(3, 9, 7), 4);
    Architecture architecture =
        Architectures.of(space, List.of(0, 0, 1, 1, 1, 1, 2, 0, 0, 1, 1, 0, 0, 0, 2, 1));
    NetworkPlan path = space.relaxed(task, 1).path(space.relaxedPath(architecture, 1));
    NetworkPlan decoded = space.decode(architecture, task);
    assertThat(path.nodes().stream().map(node -> node.layer() + " of " + node.inputs()))
        .containsExactlyElementsOf(
            decoded.nodes().stream()
                .map(node -> node.layer() + " of " + node.inputs())
                .map(text -> text.replace("BatchNorm", "Standardize"))
                .toList());
  }

  @Test
  void bypassedChannelsArePooledWhereTheMapIsHalved() {
    CellSpace space = new CellSpace(1, List.of(Operation.MAX_POOL_3X3), 2, 1, 8);
    NetworkPlan plan = space.relaxed(new Task(new Shape(3, 9, 7), 4), 4).plan();
    List<String> names = plan.nodes().stream().map(NetworkPlan.Node::name).toList();
    String edge = "cell_1/node_0/from_0/";
    NetworkPlan.Node pool = plan.nodes().get(names.indexOf(edge + "pool"));
    assertThat(pool.layer()).isEqualTo(new Layer.MaxPool(2, 2));
    assertThat(names.get(pool.inputs().get(0))).isEqualTo(edge + "rest");
    assertThat(plan.shapes().get(names.indexOf(edge + "pool"))).isEqualTo(new Shape(12, 5, 4));
    assertThat(plan.nodes().get(names.indexOf(edge + "max_pool_3x3/norm")).layer())
        .isEqualTo(new Layer.Standardize());
    assertThat(plan.shapes().get(names.indexOf(edge + "shuffle"))).isEqualTo(new Shape(16, 5, 4));
    assertThatThrownBy(
            () -> new CellSpace(1, TWO, 1, 1, 6).relaxed(new Task(new Shape(3, 9, 7), 4), 4))
        .hasMessageStartingWith("filters must be a multiple of 4 ");
  }
}
