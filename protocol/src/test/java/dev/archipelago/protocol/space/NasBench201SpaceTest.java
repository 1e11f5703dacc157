package dev.archipelago.protocol.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.archipelago.protocol.random.SplitMix64;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

class NasBench201SpaceTest extends SpaceContract {
  private static final NasBench201Space PUBLISHED = new NasBench201Space(16, 5);
  private static final Task CIFAR = new Task(new Shape(3, 32, 32), 10);
  private static final String BEST =
      "|nor_conv_3x3~0|+|nor_conv_3x3~0|nor_conv_3x3~1|+|skip_connect~0|nor_conv_3x3~1|nor_conv_3x3~2|";
  private static final String DEAD =
      "|nor_conv_3x3~0|+|none~0|nor_conv_3x3~1|+|none~0|none~1|none~2|";

  @Override
  List<SearchSpace> spaces() {
    return List.of(PUBLISHED, new NasBench201Space(4, 1), new NasBench201Space(1, 2));
  }

  @Test
  void holdsFiveOperationsOnSixEdges() {
    assertThat(PUBLISHED.size()).isEqualTo(15_625);
    assertThat(PUBLISHED.decisions().stream().map(Decision::name))
        .containsExactly(
            "node_1/from_0",
            "node_2/from_0",
            "node_2/from_1",
            "node_3/from_0",
            "node_3/from_1",
            "node_3/from_2");
  }

  @Test
  void readsAndWritesTheAuthorsText() {
    for (Architecture architecture : Architectures.all(PUBLISHED)) {
      String text = NasBench201Space.toText(architecture);
      assertThat(NasBench201Space.parseText(text)).isEqualTo(architecture);
    }
    assertThat(NasBench201Space.toText(NasBench201Space.parseText(BEST))).isEqualTo(BEST);
    for (String wrong :
        List.of("", "|none~0|", BEST + "|", BEST.replace("1x1", "5x5") + " ", "x")) {
      assertThatThrownBy(() -> NasBench201Space.parseText(wrong))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("not a cell of NAS-Bench-201, |op~0|+|op~0|op~1|");
    }
  }

  /** As the paper's code prints it for the cell with the best accuracy. */
  @Test
  void aCellOfConvolutionsHasThePublishedSize() {
    Architecture full =
        NasBench201Space.parseText(
            "|nor_conv_3x3~0|+|nor_conv_3x3~0|nor_conv_3x3~1|+|nor_conv_3x3~0|nor_conv_3x3~1|nor_conv_3x3~2|");
    PlanCost cost = PlanCost.of(PUBLISHED.decode(full, CIFAR));
    assertThat(cost.params()).isEqualTo(1_531_546); // 1.53 MB
    assertThat(cost.flops() + 10).isEqualTo(220_119_690); // 220.12 M
  }

  /** Nothing but the head is left, and it can still learn how frequent the classes are. */
  @Test
  void aCellWithoutAPathGivesZeros() {
    NetworkPlan plan = PUBLISHED.decode(NasBench201Space.parseText(DEAD), CIFAR);
    assertThat(plan.nodes().stream().map(NetworkPlan.Node::name))
        .containsExactly(
            "input", "stage_2/cell_4/zero", "head/norm", "head/relu", "head/pool", "head/linear");
    assertThat(plan.nodes().get(1).layer()).isEqualTo(new Layer.Zero(new Shape(64, 8, 8)));
    assertThat(PlanCost.of(plan).params()).isEqualTo(2 * 64 + 64 * 10 + 10);
  }

  @Test
  void edgesThatLeadNowhereAreLeftOutButHaveTheirPublishedCost() {
    Architecture live =
        NasBench201Space.parseText("|none~0|+|none~0|none~1|+|nor_conv_1x1~0|none~1|none~2|");
    Architecture withDead =
        NasBench201Space.parseText(
            "|nor_conv_3x3~0|+|none~0|nor_conv_3x3~1|+|nor_conv_1x1~0|none~1|none~2|");
    assertThat(PUBLISHED.decode(withDead, CIFAR)).isEqualTo(PUBLISHED.decode(live, CIFAR));
    assertThat(PUBLISHED.publishedCost(withDead, CIFAR).params())
        .isGreaterThan(PUBLISHED.publishedCost(live, CIFAR).params());
    PlanCost cost = PlanCost.of(PUBLISHED.decode(live, CIFAR));
    assertThat(PUBLISHED.publishedCost(live, CIFAR))
        .isEqualTo(new NasBench201Space.PublishedCost(cost.params(), cost.flops() + 10));
  }

  /** What lets a child inherit weights: an edge's parameters have one name, whatever the others. */
  @Test
  void parametersAreNamedByEdge() {
    NetworkPlan plan = PUBLISHED.decode(NasBench201Space.parseText(BEST), CIFAR);
    assertThat(plan.parameters().stream().map(NetworkPlan.Parameter::name))
        .contains(
            "stem/conv.weight",
            "stage_0/cell_0/node_1/from_0/conv.weight",
            "stage_1/reduction/shortcut/conv.weight",
            "stage_2/cell_4/node_3/from_2/norm.bias",
            "head/norm.weight");
  }

  @Test
  void countsParametersAndFlopsAsThePublishedTable() throws IOException {
    forEachRow(
        (architecture, row) -> {
          NasBench201Space.PublishedCost cost = PUBLISHED.publishedCost(architecture, CIFAR);
          assertThat(cost.params()).isEqualTo(Long.parseLong(row.get("params")));
          assertThat(cost.flops() / 1e6)
              .isCloseTo(Double.parseDouble(row.get("mflops_cifar10")), within(1e-9));
        });
  }

  @Test
  void takesTheSameCellsForEqualAsThePublishedTable() throws IOException {
    Map<String, String> classes = new HashMap<>();
    forEachRow(
        (architecture, row) -> {
          String iso = row.get("iso_index");
          String canonical = PUBLISHED.canonical(architecture);
          assertThat(classes.computeIfAbsent(canonical, key -> iso)).isEqualTo(iso);
        });
    assertThat(classes).hasSize(6_466);
    assertThat(classes.values()).doesNotHaveDuplicates();
  }

  private static void forEachRow(BiConsumer<Architecture, Map<String, String>> check)
      throws IOException {
    Optional<Path> table = table();
    assumeTrue(table.isPresent(), "no nas-tables/nasbench201.csv.gz (ARCHIPELAGO_TEST_DATA)");
    int rows = 0;
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(table.get())), StandardCharsets.UTF_8))) {
      String[] header = lines.readLine().split(",", -1);
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] fields = line.split(",", -1);
        Map<String, String> row = new HashMap<>();
        for (int i = 0; i < header.length; i++) {
          row.put(header[i], fields[i]);
        }
        check.accept(NasBench201Space.parseText(row.get("arch")), row);
        rows++;
      }
    }
    assertThat(rows).isEqualTo(15_625);
  }

  /** In the directory that ARCHIPELAGO_TEST_DATA names, or beside this project. */
  private static Optional<Path> table() {
    String given = System.getenv("ARCHIPELAGO_TEST_DATA");
    Stream<Path> directories =
        given == null
            ? Stream.iterate(Path.of("").toAbsolutePath(), path -> path != null, Path::getParent)
                .map(path -> path.resolve("shared/data"))
            : Stream.of(Path.of(given));
    return directories
        .map(directory -> directory.resolve("nas-tables/nasbench201.csv.gz"))
        .filter(Files::exists)
        .findFirst();
  }

  @Test
  void refusesImpossibleSpaces() {
    assertThatThrownBy(() -> new NasBench201Space(0, 5))
        .hasMessage("channels must be 1 to 256, got 0");
    assertThatThrownBy(() -> new NasBench201Space(16, 21))
        .hasMessage("cells must be 1 to 20, got 21");
  }

  // --- Shared weights

  private static final NasBench201Space SMALL = new NasBench201Space(4, 1);

  @Test
  void derivesTheLikeliestOperationOfEveryEdgeNoneToo() {
    Ragged probabilities =
        new Ragged(
            List.of(
                List.of(0.6, 0.1, 0.1, 0.1, 0.1),
                List.of(0.1, 0.3, 0.1, 0.3, 0.2),
                List.of(0.1, 0.1, 0.1, 0.1, 0.6),
                List.of(0.2, 0.2, 0.2, 0.2, 0.2),
                List.of(0.0, 0.0, 1.0, 0.0, 0.0),
                List.of(0.1, 0.2, 0.2, 0.3, 0.2)));
    Architecture derived = PUBLISHED.derive(probabilities, 1);
    assertThat(NasBench201Space.toText(derived))
        .isEqualTo(
            "|none~0|+|skip_connect~0|avg_pool_3x3~1|+|none~0|nor_conv_1x1~1|nor_conv_3x3~2|");
    assertThat(PUBLISHED.relaxedPath(derived, 1)).isEqualTo(derived.values());
    assertThat(PUBLISHED.relaxedPath(derived, 4))
        .containsExactly(0, 1, 4, 0, 2, 3, Supernet.EVERY, Supernet.EVERY);
  }

  /** Exactly the convolutions that {@code decode} builds. */
  @Test
  void aLivePathHasTheOperationsThatTheNetworkHas() {
    SplitMix64 random = new SplitMix64(7);
    for (int i = 0; i < 1000; i++) {
      Architecture cell = SMALL.sample(random);
      Set<String> built =
          SMALL.decode(cell, CIFAR).nodes().stream()
              .filter(
                  node ->
                      node.layer() instanceof Layer.Conv || node.layer() instanceof Layer.AvgPool)
              .map(NetworkPlan.Node::name)
              .filter(name -> name.startsWith("stage_0/cell_0/"))
              .map(name -> name.substring("stage_0/cell_0/".length(), name.lastIndexOf('/')))
              .collect(Collectors.toSet());
      List<Integer> live = SMALL.livePath(cell, 1);
      Set<String> said =
          IntStream.range(0, live.size())
              .filter(edge -> live.get(edge) > 1) // neither none nor skip_connect
              .mapToObj(edge -> SMALL.rows().get(edge).name())
              .collect(Collectors.toSet());
      assertThat(said).as(NasBench201Space.toText(cell)).isEqualTo(built);
      for (int edge = 0; edge < live.size(); edge++) {
        assertThat(live.get(edge)).isIn(0, cell.value(edge));
      }
    }
    Architecture dead =
        NasBench201Space.parseText(
            "|none~0|+|none~0|nor_conv_3x3~1|+|skip_connect~0|skip_connect~1|nor_conv_1x1~2|");
    assertThat(SMALL.livePath(dead, 2))
        .containsExactly(0, 0, 0, 1, 0, 0, Supernet.EVERY, Supernet.EVERY);
  }

  @Test
  void nodesThatReadSeveralEdgesHaveRowsWithPartialChannels() {
    assertThat(PUBLISHED.relaxedRows(1)).isEqualTo(PUBLISHED.rows()).hasSize(6);
    assertThat(PUBLISHED.relaxedRows(2).subList(6, 8))
        .containsExactly(
            new Row("node_2/edges", List.of("from_0", "from_1")),
            new Row("node_3/edges", List.of("from_0", "from_1", "from_2")));
  }

  /** Pools too; and skip_connect, which has no layer, has none. */
  @Test
  void everyOperationOfTheRelaxedCellIsStandardized() {
    NetworkPlan plan = SMALL.relaxed(CIFAR, 1).plan();
    List<String> names = plan.nodes().stream().map(NetworkPlan.Node::name).toList();
    NetworkPlan.Node choice =
        plan.nodes().get(names.indexOf("stage_0/cell_0/node_3/from_1/choice"));
    assertThat(choice.layer()).isEqualTo(new Layer.Choice(4, List.of(1, 2, 3, 4)));
    assertThat(choice.inputs().stream().map(names::get))
        .containsExactly(
            "stage_0/cell_0/node_1/from_0/choice",
            "stage_0/cell_0/node_3/from_1/nor_conv_1x1/norm",
            "stage_0/cell_0/node_3/from_1/nor_conv_3x3/norm",
            "stage_0/cell_0/node_3/from_1/avg_pool_3x3/norm");
    for (int norm : choice.inputs().subList(1, 4)) {
      assertThat(plan.nodes().get(norm).layer()).isEqualTo(new Layer.Standardize());
    }
  }

  @Test
  void oneInKChannelsGoesThroughTheOperations() {
    NetworkPlan plan = SMALL.relaxed(CIFAR, 2).plan();
    List<String> edge =
        plan.nodes().stream()
            .filter(node -> node.name().matches("stage_0/cell_0/node_1/from_0/[a-z]+"))
            .map(
                node ->
                    node.name().substring("stage_0/cell_0/node_1/from_0/".length())
                        + " "
                        + node.layer())
            .toList();
    assertThat(edge)
        .containsExactly(
            "first Channels[from=0, to=2]",
            "rest Channels[from=2, to=4]",
            "choice Choice[row=0, options=[1, 2, 3, 4]]",
            "present Present[]",
            "concat Concat[]",
            "shuffle Shuffle[groups=2]");
    assertThatThrownBy(() -> new NasBench201Space(6, 1).relaxed(CIFAR, 4))
        .hasMessageStartingWith("channels must be a multiple of 4 ");
    assertThatThrownBy(() -> SMALL.relaxed(CIFAR, 17))
        .hasMessage("channelShare must be 1 to 16, got 17");
  }
}
