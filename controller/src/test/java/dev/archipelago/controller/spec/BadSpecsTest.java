package dev.archipelago.controller.spec;

import static java.util.Collections.nCopies;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.archipelago.protocol.space.Shape;
import dev.archipelago.protocol.space.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every bad spec is refused with its file, line, key, what was found and what is allowed. */
class BadSpecsTest {
  private static final List<String> GOOD =
      List.of(
          "name: test",
          "dataset: fashion-mnist-mini",
          "space: {kind: chain, layers: 4}",
          "strategy: {kind: reinforce}",
          "evaluation: {epochs: 1}",
          "objective: {maximize: accuracy}",
          "constraints: {params: none}",
          "baseline: none",
          "budget: {trials: 20}",
          "retrain: {top: 2}",
          "seed: 1");

  /**
   * One line of a good spec gone bad.
   *
   * @param line from 1; the good line there is replaced, or this one added after the last
   * @param path what the message calls the place in the spec
   * @param remedy words of the message that help
   */
  record Bad(int line, String text, String path, String remedy) {
    @Override
    public String toString() {
      return text.length() > 70 ? text.substring(0, 70) : text;
    }
  }

  static Stream<Bad> badLines() {
    return Stream.of(
        // Keys
        new Bad(12, "sed: 2", "sed", "did you mean \"seed\"?"),
        new Bad(12, "trials: 20", "trials", "did you mean \"budget.trials\"?"),
        new Bad(12, "zebra: 2", "zebra", "unknown key; allowed: dataset, space, "),
        new Bad(12, "seed: 2", "seed", "given twice, first at bad.yaml:11:1"),
        new Bad(12, "? [a, b]\n: 1", "", "allowed: a word"),
        new Bad(12, "<<: {seed: 1}", "<<", "unknown key"),
        new Bad(3, "space: {kind: chain, kernel: [3]}", "space.kernel", "mean \"kernels\"?"),
        new Bad(3, "space: {kind: chain, nodes: 4}", "space.nodes", "allowed: kind, layers"),
        new Bad(3, "space: {kind: chain, FILTERS: [8]}", "space.FILTERS", "mean \"filters\"?"),
        new Bad(4, "strategy: {kind: random, entropy: 1}", "strategy.entropy", "unknown key"),
        new Bad(4, "strategy: {kind: reinforce, entropie: 1}", "strategy.entropie", "\"entropy\"?"),
        new Bad(5, "evaluation: {learning_rate: 1}", "evaluation.learning_rate", "learning-rate"),
        // Structure
        new Bad(2, "", "dataset", "is missing; allowed: the name of a data set"),
        new Bad(3, "", "space", "is missing; allowed: what to search, {kind: chain}"),
        new Bad(4, "", "strategy", "is missing; allowed: how to search"),
        new Bad(9, "", "budget", "is missing; allowed: when to stop"),
        new Bad(9, "budget: {time: 1 h}", "budget.trials", "is missing; allowed: how many"),
        new Bad(9, "budget: 20", "budget", "found \"20\"; allowed: a map of keys"),
        new Bad(9, "budget: [20]", "budget", "found a list; allowed: a map of keys"),
        new Bad(3, "space: chain", "space", "allowed: a map of keys"),
        new Bad(5, "evaluation:", "evaluation", "has no value; allowed: no such key"),
        new Bad(3, "space: {layers: 4}", "space.kind", "is missing; allowed: cell, chain, "),
        // Spaces
        new Bad(3, "space: {kind: nasbench201, layers: 4}", "space.layers", "channels, cells"),
        new Bad(3, "space: {kind: staged, families: [vgg]}", "space.families[0]", "plain, resnet_"),
        new Bad(3, "space: {kind: staged, kernels: [2]}", "space.kernels", "must be odd, got 2"),
        new Bad(3, "space: {kind: staged, resolutions: [4]}", "space.resolutions", "8 or more"),
        new Bad(
            3,
            "space: {kind: reference, networks: [resnet-19]}",
            "space.networks[0]",
            "did you mean \"resnet-18\"?"),
        // Types
        new Bad(9, "budget: {trials: twenty}", "budget.trials", "a whole number from 1 to"),
        new Bad(9, "budget: {trials: \"20\"}", "budget.trials", "the text \"20\" (in quotes)"),
        new Bad(9, "budget: {trials: 20.5}", "budget.trials", "found \"20.5\""),
        new Bad(9, "budget: {trials: }", "budget.trials", "has no value; allowed: a whole"),
        new Bad(9, "budget: {trials: {a: 1}}", "budget.trials", "found a map of keys"),
        new Bad(3, "space: {kind: chain, skips: yes}", "space.skips", "true or false"),
        new Bad(3, "space: {kind: chain, kernels: 3}", "space.kernels", "a list in [brackets]"),
        new Bad(3, "space: {kind: chain, kernels: []}", "space.kernels", "found an empty list"),
        new Bad(3, "space: {kind: chain, kernels: [3, x]}", "space.kernels[1]", "found \"x\""),
        new Bad(1, "name: [a]", "name", "found a list"),
        new Bad(1, "name: a name with spaces", "name", "up to 64 letters"),
        // Ranges
        new Bad(9, "budget: {trials: -5}", "budget.trials", "found \"-5\"; allowed: a whole"),
        new Bad(9, "budget: {trials: 0}", "budget.trials", "found \"0\""),
        new Bad(9, "budget: {trials: 4294967297}", "budget.trials", "to 1000000"),
        new Bad(9, "budget: {trials: " + "9".repeat(500) + "}", "budget.trials", "999..."),
        new Bad(11, "seed: 9223372036854775808", "seed", "to 9223372036854775807"),
        new Bad(9, "budget: {trials: 20, time: 2}", "budget.time", "with its unit"),
        new Bad(9, "budget: {trials: 20, time: 2 days}", "budget.time", "ns, us, ms, s, min or h"),
        new Bad(9, "budget: {trials: 20, time: -2 h}", "budget.time", "from 1 s to"),
        new Bad(9, "budget: {trials: 20, time: 0 s}", "budget.time", "from 1 s to"),
        new Bad(3, "space: {kind: chain, layers: 0}", "space.layers", "from 1 to 32"),
        new Bad(3, "space: {kind: chain, kernels: [4]}", "space.kernels", "must be odd, got 4"),
        new Bad(3, "space: {kind: chain, kernels: [3, 3]}", "space.kernels[1]", "each once"),
        new Bad(3, "space: {kind: chain, strides: [9]}", "space.strides[0]", "from 1 to 4"),
        new Bad(3, "space: {kind: cell, nodes: 99}", "space.nodes", "from 1 to 8"),
        new Bad(3, "space: {kind: cell, operations: [conv_3x4]}", "space.operations[0]", "3x3\"?"),
        new Bad(4, "strategy: {kind: reinforce, window: 0}", "strategy.window", "from 1"),
        new Bad(4, "strategy: {kind: reinforce, hidden: -1}", "strategy.hidden", "from 1"),
        new Bad(5, "evaluation: {learning-rate: .nan}", "evaluation.learning-rate", "a number"),
        new Bad(5, "evaluation: {learning-rate: 1e999}", "evaluation.learning-rate", "a number"),
        new Bad(5, "evaluation: {learning-rate: .inf}", "evaluation.learning-rate", "a number"),
        new Bad(5, "evaluation: {momentum: 1}", "evaluation.momentum", "from 0 to 0.999"),
        new Bad(5, "evaluation: {epochs: 0}", "evaluation.epochs", "from 1"),
        new Bad(10, "retrain: {top: -1}", "retrain.top", "from 0 to 100"),
        new Bad(12, "placement: cuda", "placement", "allowed: a map of keys"),
        new Bad(12, "placement: {device: gpu}", "placement.device", "any, cpu, cuda"),
        new Bad(12, "placement: {device: cuda:0}", "placement.device", "any, cpu, cuda"),
        new Bad(12, "placement: {engine: tensorflow}", "placement.engine", "any, torch, dl4j"),
        new Bad(12, "placement: {memory: 8}", "placement.memory", "with its unit (B, kB, MB"),
        new Bad(12, "placement: {memory: 8 gigs}", "placement.memory", "with its unit"),
        new Bad(12, "placement: {memory: 0 GiB}", "placement.memory", "from 1 MiB"),
        new Bad(12, "placement: {memory: 1.0000000001 B}", "placement.memory", "from 1 MiB"),
        new Bad(12, "placement: {device-name: \" \"}", "placement.device-name", "a part of"),
        new Bad(12, "placement: {devise: cpu}", "placement.devise", "did you mean \"device\"?"),
        new Bad(10, "retrain: {epochs: 0}", "retrain.epochs", "from 1"),
        new Bad(2, "dataset: {name: mnist, validation: 1}", "dataset.validation", "to 0.9"),
        new Bad(2, "dataset: {name: mnist, limit: 0}", "dataset.limit", "from 1"),
        // Words
        new Bad(3, "space: {kind: chian}", "space.kind", "did you mean \"chain\"?"),
        new Bad(4, "strategy: {kind: reinforced}", "strategy.kind", "mean \"reinforce\"?"),
        new Bad(4, "strategy: {kind: random, order: any}", "strategy.order", "proposal, arrival"),
        new Bad(8, "baseline: randon", "baseline", "did you mean \"random\"?"),
        new Bad(5, "evaluation: {precision: fp16}", "evaluation.precision", "float32, bf16"),
        new Bad(5, "evaluation: {augmentation: full}", "evaluation.augmentation", "standard, none"),
        // Objectives and constraints
        new Bad(6, "objective: {maximize: loss}", "objective.maximize", "allowed: accuracy"),
        new Bad(
            6, "objective: {minimize: loss}", "objective.latency", "or {beta: 0.6, target: 2 ms}"),
        new Bad(
            6,
            "objective: {maximize: accuracy, minimize: loss, latency: {unit: us}}",
            "objective.minimize",
            "one of the two"),
        new Bad(
            6,
            "objective: {minimize: loss, latency: {beta: 0.6}}",
            "objective.latency.unit",
            "weighs latency against loss"),
        new Bad(
            6,
            "objective: {minimize: loss, latency: {unit: us, target: 2 ms}}",
            "objective.latency.target",
            "found beside unit"),
        new Bad(
            6,
            "objective: {minimize: loss, latency: {unit: parsec}}",
            "objective.latency.unit",
            "a unit (ns, us"),
        new Bad(
            6, "objective: {latency: {target: 2 ms}}", "objective.latency", "weighs nothing alone"),
        new Bad(
            6,
            "objective: {maximize: accuracy, latency: {}}",
            "objective.latency.target",
            "the latency to aim at"),
        new Bad(
            6,
            "objective: {maximize: accuracy, latency: {target: 2}}",
            "objective.latency.target",
            "with its unit"),
        new Bad(
            6,
            "objective: {maximize: accuracy, latency: {target: 2 ms, exponents: firm}}",
            "objective.latency.exponents",
            "soft, hard"),
        new Bad(
            6,
            "objective: {maximize: accuracy, latency: {target: 2 ms, exponents: {above: 1}}}",
            "objective.latency.exponents.above",
            "from -10 to 0"),
        new Bad(
            6,
            "objective: {maximize: accuracy, latency: {target: 2 ms, exponents: {below: 0, above:"
                + " 0}}}",
            "objective.latency.exponents",
            "ignores latency"),
        new Bad(7, "constraints: {params: \">= 200k\"}", "constraints.params", "an upper limit"),
        new Bad(7, "constraints: {params: <= 200m}", "constraints.params", "k, M and G"),
        new Bad(7, "constraints: {params: <= 0}", "constraints.params", "at least 1"),
        new Bad(7, "constraints: {flops: 99999999999G}", "constraints.flops", "an upper limit"),
        // Parts that do not fit each other
        new Bad(7, "constraints: {params: 100}", "constraints.params", "fewest parameters"),
        new Bad(7, "constraints: {flops: 1k}", "constraints.flops", "fewest FLOPs"),
        new Bad(
            5, "evaluation: {batch: 9000}", "evaluation.batch", "only 8,000 images are trained on"),
        new Bad(
            5,
            "evaluation: {augmentation: {crop: 28}}",
            "evaluation.augmentation.crop",
            "less than their height"),
        new Bad(2, "dataset: {name: mnist, limit: 20}", "dataset.limit", "at least 50"),
        new Bad(
            2,
            "dataset: {name: tiny, validation: 0.01}",
            "dataset.validation",
            "at least one example a class"),
        // Data
        new Bad(2, "dataset: fashion-minst", "dataset.name", "mean \"fashion-mnist\"?"),
        new Bad(2, "dataset: imagenet", "dataset.name", "allowed: fashion-mnist-mini, "),
        new Bad(2, "dataset: cifar-100", "dataset.name", "archipelago data fetch cifar-100"),
        new Bad(2, "dataset: fashion-mnist", "dataset.name", "SHA-256 is 00ff, expected 3aed"),
        new Bad(2, "dataset: folder", "dataset.path", "one folder of images for each class"),
        new Bad(2, "dataset: {name: folder, path: /nowhere}", "dataset.path", "no directory"),
        new Bad(2, "dataset: {name: folder, path: \"a\\0\"}", "dataset.path", "a directory"),
        new Bad(2, "dataset: {name: mnist, image-size: 32}", "dataset.image-size", "unknown key"),
        new Bad(2, "dataset: csv", "dataset.path", "the file with the table, .csv or .csv.gz"),
        new Bad(2, "dataset: {name: csv, path: a, window: 3}", "dataset.window", "unknown key"),
        new Bad(2, "dataset: text", "dataset.path", "the file with the text"),
        new Bad(2, "dataset: {name: text, path: a, window: 0}", "dataset.window", "1 to 4096"),
        new Bad(2, "dataset: {name: mnist, label: x}", "dataset.label", "unknown key"),
        new Bad(5, "evaluation: {table: /a/broken.csv}", "evaluation.table", "column flops"),
        new Bad(
            5, "evaluation: {table: /a/b.csv, workers: 5000}", "evaluation.workers", "1 to 4096"),
        // Space and data
        new Bad(3, "space: {kind: sequence}", "space.kind", "not for the images of data set fash"),
        // Weights of others
        new Bad(
            5,
            "evaluation: {inherit: parent}",
            "evaluation.inherit",
            "reinforce makes no network from another; allowed: none"),
        new Bad(5, "evaluation: {inherit: all}", "evaluation.inherit", "none, parent"),
        // YAML
        new Bad(3, "space: !!java.net.URL {kind: chain}", "", "tag is not allowed"),
        new Bad(3, "space: !mine {kind: chain}", "space", "allowed: no tags"),
        new Bad(12, "zebra: {kind: chain", "", "not YAML"),
        new Bad(5, "\tepochs: 1", "", "indent with spaces, never with tabs"),
        new Bad(12, "seed", "", "not YAML"),
        new Bad(12, "---\nname: other", "", "not YAML"));
  }

  @ParameterizedTest
  @MethodSource("badLines")
  void isRefusedWithPlaceAndRemedy(Bad bad) {
    List<String> lines = new ArrayList<>(GOOD);
    if (bad.line() > lines.size()) {
      lines.add(bad.text());
    } else {
      lines.set(bad.line() - 1, bad.text());
    }
    // A missing key stands nowhere: its message points at the map that lacks it.
    int line = bad.text().isEmpty() ? 1 : bad.line();
    String path = bad.path().isEmpty() ? ": " : ": " + bad.path() + ": ";
    assertThatThrownBy(() -> parse(String.join("\n", lines)))
        .isInstanceOf(SpecException.class)
        .message()
        .contains("bad.yaml:" + line + ":")
        .contains(path)
        .contains(bad.remedy())
        .hasLineCount(1);
  }

  @Test
  void aSpaceMustBeForTheData() {
    refusesChainOn("{name: csv, path: a}", "the rows of data set csv; allowed: mlp");
    refusesChainOn("{name: text, path: a}", "the windows of data set text; allowed: sequence");
  }

  @Test
  void aTableAnswersForItsOwnNetworksOnly() {
    String spec =
        """
        space: {kind: nasbench201%s}
        strategy: random
        evaluation: {table: /a/b.csv}
        budget: {trials: 20}
        %s
        """;
    assertThat(parse(spec.formatted("", "")).evaluator()).isInstanceOf(Evaluator.Table.class);
    assertThatThrownBy(() -> parse(spec.formatted(", channels: 4", "")))
        .hasMessageContaining("space: found a space that the table has not")
        .hasMessageContaining("channels 16");
    assertThatThrownBy(() -> parse(spec.formatted("", "dataset: fashion-mnist-mini")))
        .hasMessageContaining("dataset: found fashion-mnist-mini of 1x28x28");
    assertThatThrownBy(() -> parse(spec.formatted("", "dataset: {name: external, channels: 1}")))
        .hasMessageContaining("dataset: found external of 1x32x32");
  }

  @Test
  void aPlacementMustMeanSomething() {
    String table =
        """
        dataset: external
        space: {kind: nasbench201}
        strategy: random
        evaluation: {table: /table.csv}
        budget: {trials: 20}
        placement: {device: cuda}
        """;
    assertThatThrownBy(() -> SpecParser.parse(table, "t", List.of(), new FakeDatasets()))
        .hasMessageContaining("t:6:12: placement: wants cuda, but with evaluation.table");
    String program =
        """
        space: {kind: chain}
        strategy: random
        evaluation: {command: train}
        budget: {trials: 20}
        placement: {engine: torch, memory: 2 GiB}
        """;
    assertThatThrownBy(() -> SpecParser.parse(program, "p", List.of(), new FakeDatasets()))
        .hasMessageContaining("p:5:21: placement.engine: found torch, but evaluation.command");
  }

  @Test
  void publishedNetworksNeedAWinnerToBeComparedWith() {
    List<String> lines = new ArrayList<>(GOOD);
    lines.set(7, "baseline: [resnet-18]");
    lines.set(9, "retrain: {top: 0}");
    String spec = String.join("\n", lines);
    assertThat(
            SpecParser.recorded(spec, DatasetProbe.known(new Task(new Shape(1, 28, 28), 10)))
                .retraining())
        .as("of a search that began before this rule")
        .isEqualTo(new SearchSpec.Retraining(0, 6, 6));
    assertThatThrownBy(() -> parse(spec))
        .hasMessageContaining("bad.yaml:10:")
        .hasMessageContaining("retrain.top: found 0");
  }

  private static void refusesChainOn(String dataset, String remedy) {
    List<String> lines = new ArrayList<>(GOOD);
    lines.set(1, "dataset: " + dataset);
    assertThatThrownBy(() -> parse(String.join("\n", lines)))
        .isInstanceOf(SpecException.class)
        .hasMessageContaining(
            "bad.yaml:3:15: space.kind: found \"chain\", which is not for " + remedy);
  }

  @Test
  void rowsAndWindowsAreNotAugmented() {
    List<String> lines = new ArrayList<>(GOOD);
    lines.set(1, "dataset: {name: csv, path: a}");
    lines.set(2, "space: {kind: mlp}");
    lines.set(4, "evaluation: {augmentation: {flip: true}}");
    assertThatThrownBy(() -> parse(String.join("\n", lines)))
        .isInstanceOf(SpecException.class)
        .hasMessageContaining(
            "bad.yaml:5:28: evaluation.augmentation: crops and flips are for images");
    lines.set(4, "evaluation: {augmentation: none}");
    assertThat(parse(String.join("\n", lines)).space().kind()).isEqualTo("mlp");
  }

  @Test
  void theGoodOneIsGood() {
    assertThat(parse(String.join("\n", GOOD)).name()).isEqualTo("test");
  }

  @Test
  void everythingIsReportedAtOnceInTheOrderOfTheFile() {
    assertThatThrownBy(
            () ->
                parse(
                    """
                    dataset: {name: mnist, limit: none}
                    space: {kind: chain, layers: 99, filters: [8, 0]}
                    strategy: {kind: reinforce, windows: 4}
                    budget: {trials: many}
                    """))
        .message()
        .satisfies(
            message ->
                assertThat(message.lines().map(line -> line.split(": ")[1]).toList())
                    .containsExactly(
                        "dataset.limit",
                        "space.layers",
                        "space.filters[1]",
                        "strategy.windows",
                        "budget.trials"));
  }

  @ParameterizedTest
  @MethodSource("notSpecs")
  void textThatIsNoMapIsRefused(String text, String remedy) {
    assertThatThrownBy(() -> parse(text))
        .isInstanceOf(SpecException.class)
        .message()
        .startsWith("bad.yaml:")
        .contains(remedy);
  }

  static Stream<Arguments> notSpecs() {
    return Stream.of(
        arguments("", "is empty; allowed: a map of keys, at least dataset"),
        arguments("# nothing\n", "is empty"),
        arguments("- a\n- b\n", "found a list; allowed: a map"),
        arguments("just words", "found \"just words\"; allowed: a map"),
        arguments("a: \u0000", "not YAML"),
        arguments("x".repeat(300_000), "300,000 characters; allowed: 200,000"),
        arguments("[".repeat(5_000), "not YAML"),
        arguments("a: &a [*a]", "too large once its aliases unfold"),
        arguments(billionLaughs(), "too large once its aliases unfold"));
  }

  private static final String MANY =
      "[skip_connect, max_pool_3x3, avg_pool_3x3, conv_1x1, conv_3x3, sep_conv_3x3, sep_conv_5x5,"
          + " dil_conv_3x3, dil_conv_5x5]";

  @ParameterizedTest
  @ValueSource(strings = {"darts", "enas", "one-shot"})
  void aSupernetThatCannotBeSentIsRefusedBeforeAnyWorkerAsks(String strategy) {
    assertThatThrownBy(() -> parse(sharing(strategy, "nodes: 8, stages: 4, cells: 12")))
        .message()
        .startsWith("bad.yaml:2:")
        .contains(
            "space: has a supernet of ",
            " of the 200,000 that a message to a worker can have",
            "allowed: fewer cells, nodes or operations");
    assertThatThrownBy(
            () -> parse(sharing(strategy, "nodes: 8, stages: 5, cells: 20, operations: " + MANY)))
        .message()
        .contains("space: has a supernet that ", "allowed: fewer cells, nodes or operations");
    assertThat(parse(sharing(strategy, "nodes: 4, stages: 3, cells: 2")).strategy().sharing())
        .isPresent();
  }

  private static String sharing(String strategy, String cells) {
    return """
    dataset: fashion-mnist-mini
    space: {kind: cell, %s, filters: 4}
    strategy: {kind: %s}
    baseline: none
    budget: {trials: 40}
    """
        .formatted(cells, strategy);
  }

  @Test
  void theLengthOfRoundsCountsWithTheSupernet() {
    String large = sharing("enas, paths: 3000", "nodes: 4, stages: 3, cells: 4");
    assertThatThrownBy(() -> parse(large)).message().contains("or shorter rounds");
    assertThat(parse(large.replace("paths: 3000", "paths: 300")).strategy().sharing()).isPresent();
  }

  @Test
  void whoInheritsIsTrainedByTheEngineAndToTheEnd() {
    String growing =
        """
        dataset: fashion-mnist-mini
        space: {kind: chain}
        strategy: {kind: %s}
        evaluation: {%s}
        %s
        baseline: none
        budget: {trials: 40}
        """;
    assertThat(parse(growing.formatted("eas", "epochs: 2", "")).strategy().kind()).isEqualTo("eas");
    assertThatThrownBy(() -> parse(growing.formatted("eas", "inherit: parent", "")))
        .hasMessageContaining("evaluation.inherit: eas grows its networks in any case");
    assertThatThrownBy(() -> parse(growing.formatted("eas", "command: [a]", "")))
        .hasMessageContaining("evaluation: eas grows trained networks, which only the engine");
    assertThatThrownBy(
            () ->
                parse(
                    growing.formatted("eas", "epochs: 4", "schedule: {kind: asha, rungs: [2, 4]}")))
        .hasMessageContaining("schedule: networks that begin with others' weights");
    assertThatThrownBy(
            () -> parse(growing.replace("chain", "nasbench201").formatted("eas", "epochs: 4", "")))
        .hasMessageContaining("strategy.kind: eas cannot search this space");
    String evolving = growing.formatted("evolution", "epochs: %d, inherit: parent", "");
    assertThat(parse(evolving.formatted(2)).evaluator())
        .isEqualTo(new Evaluator.Engine(true, true));
    assertThatThrownBy(() -> parse(evolving.formatted(1)))
        .hasMessageContaining("evaluation.epochs: found 1, of which ancestors and children");
  }

  private static String billionLaughs() {
    StringBuilder text = new StringBuilder("a0: &a0 [ha, ha, ha, ha, ha, ha, ha, ha, ha]\n");
    for (int i = 1; i < 9; i++) {
      String earlier = "*a" + (i - 1);
      text.append("a%d: &a%d [%s]%n".formatted(i, i, String.join(", ", nCopies(9, earlier))));
    }
    return text.toString();
  }

  private static SearchSpec parse(String text) {
    return SpecParser.parse(text, "bad.yaml", List.of(), new FakeDatasets());
  }
}
