package dev.archipelago.controller.strategy.darts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.archipelago.controller.settings.Settings;
import dev.archipelago.controller.strategy.FixedSettings;
import dev.archipelago.protocol.space.Architecture;
import dev.archipelago.protocol.space.CellSpace;
import dev.archipelago.protocol.space.NasBench201Space;
import dev.archipelago.protocol.space.Operation;
import dev.archipelago.protocol.space.Ragged;
import dev.archipelago.protocol.space.RelaxedSpace;
import dev.archipelago.protocol.space.Row;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is read off the spaces' own cells. */
class CellReaderTest {
  private static final CellSpace CELLS = cells(Operation.CONV_3X3);
  private static final NasBench201Space BENCHMARK = new NasBench201Space(8, 1);

  private static CellSpace cells(Operation last) {
    return new CellSpace(2, List.of(Operation.SKIP_CONNECT, Operation.MAX_POOL_3X3, last), 2, 1, 8);
  }

  /** 1 for the options that a predicate of row and option names picks, 0 for the others. */
  private static Ragged picking(RelaxedSpace space, BiPredicate<String, String> picks) {
    List<Row> rows = space.relaxedRows(1);
    return new Ragged(
        rows.stream()
            .map(
                row ->
                    row.options().stream()
                        .map(option -> picks.test(row.name(), option) ? 1.0 : 0.0)
                        .toList())
            .toList());
  }

  private static Ragged all(RelaxedSpace space, String operation) {
    return picking(space, (row, option) -> option.equals(operation));
  }

  @Test
  void skipsAreCountedInExcessOfChance() {
    for (RelaxedSpace space : List.of(CELLS, BENCHMARK)) {
      CellReader reader = CellReader.of(space, 1, false);
      Architecture skips = reader.derive(all(space, "skip_connect"));
      assertThat(reader.skips(skips)).isEqualTo(1);
      assertThat(reader.learns(skips)).isFalse();
    }
    CellReader reader = CellReader.of(CELLS, 1, false);
    Architecture none = reader.derive(all(CELLS, "conv_3x3"));
    assertThat(reader.skips(none)).isCloseTo(-0.5, within(1e-12)); // of three, none for a third
    assertThat(reader.learns(none)).isTrue();
  }

  /** A convolution that reads zeros, or that nothing reads, is no weight of the cell's. */
  @Test
  void aCellLearnsByItsLiveOperationsOnly() {
    CellReader reader = CellReader.of(BENCHMARK, 1, true);
    for (String text :
        List.of(
            "|none~0|+|none~0|nor_conv_3x3~1|+|skip_connect~0|nor_conv_3x3~1|nor_conv_1x1~2|",
            "|nor_conv_3x3~0|+|nor_conv_3x3~0|nor_conv_3x3~1|+|avg_pool_3x3~0|none~1|none~2|",
            "|nor_conv_3x3~0|+|none~0|none~1|+|none~0|none~1|nor_conv_3x3~2|")) {
      Architecture cell = NasBench201Space.parseText(text);
      assertThat(reader.learns(cell)).as(text).isFalse();
      List<Integer> values = cell.values();
      Ragged alphas =
          new Ragged(
              values.stream()
                  .map(
                      taken -> IntStream.range(0, 5).mapToObj(i -> i == taken ? 1.0 : 0.0).toList())
                  .toList());
      assertThat(reader.derive(alphas)).isEqualTo(cell);
      assertThat(reader.learns(reader.deriveLearning(alphas))).as(text).isTrue();
    }
    assertThat(
            reader.learns(
                NasBench201Space.parseText(
                    "|none~0|+|skip_connect~0|none~1|+|none~0|none~1|nor_conv_1x1~2|")))
        .isTrue();
  }

  @Test
  void noneHasASayOnlyWhereItIsAsked() {
    Ragged alphas =
        picking(BENCHMARK, (row, option) -> option.equals("none"))
            .with(
                picking(BENCHMARK, (row, option) -> option.equals("nor_conv_1x1")),
                (a, b) -> 2 * a + b);
    assertThat(CellReader.of(BENCHMARK, 1, true).derive(alphas).values()).containsOnly(0);
    assertThat(CellReader.of(BENCHMARK, 1, false).derive(alphas).values()).containsOnly(2);
  }

  /** DARTS's own reduction cells are of pools and skips. */
  @Test
  void aReductionCellNeedNotLearn() {
    CellReader reader = CellReader.of(CELLS, 1, false);
    Ragged alphas =
        picking(
            CELLS,
            (row, option) -> option.equals(row.startsWith("normal") ? "conv_3x3" : "skip_connect"));
    assertThat(reader.learns(reader.derive(alphas))).isTrue();
    Ragged reverse =
        picking(
            CELLS,
            (row, option) -> option.equals(row.startsWith("normal") ? "skip_connect" : "conv_3x3"));
    assertThat(reader.learns(reader.derive(reverse))).isFalse();
  }

  @Test
  void theNearestCellThatLearnsDiffersWhereItIsNearest() {
    for (RelaxedSpace space : List.of(CELLS, BENCHMARK)) {
      CellReader reader = CellReader.of(space, 1, false);
      for (String operation : List.of("skip_connect", "none")) {
        Ragged alphas = all(space, operation);
        assertThat(reader.learns(reader.deriveLearning(alphas))).as(operation).isTrue();
      }
      Ragged healthy = picking(space, (row, option) -> option.endsWith("conv_3x3"));
      assertThat(reader.deriveLearning(healthy)).isEqualTo(reader.derive(healthy));
    }
  }

  @Test
  void entropyAndLeadOfUniformAndDecidedAlphas() {
    CellReader reader = CellReader.of(CELLS, 1, false);
    Ragged uniform = Darts.probabilities(Ragged.filled(reader.rows(), 0.7));
    assertThat(reader.entropy(uniform)).isCloseTo(1, within(1e-12));
    assertThat(reader.lead(uniform)).isCloseTo(1, within(1e-12));
    Ragged decided = Darts.probabilities(all(CELLS, "conv_3x3").map(x -> 100 * x));
    assertThat(reader.entropy(decided)).isCloseTo(0, within(1e-12));
    assertThat(reader.lead(decided)).isCloseTo(4, within(1e-12));
  }

  @Test
  void aSpaceWithoutWeightsIsNoneToSearch() {
    Darts kind = Darts.read(20, Settings.none());
    assertThat(kind.obstacle(cells(Operation.AVG_POOL_3X3))).isPresent();
    assertThat(kind.obstacle(CELLS)).isEmpty();
    assertThat(kind.obstacle(BENCHMARK)).isEmpty();
    FixedSettings thirds = new FixedSettings(Map.of("variant", "pc", "channel-share", 3));
    assertThat(Darts.read(20, thirds).obstacle(CELLS)).isPresent();
  }
}
