package dev.archipelago.controller.tabular;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.archipelago.protocol.space.Architecture;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableTest {
  private static final String HEADER =
      "index,arch,params,mflops_cifar10,c10_val_e12,c10_val_e200,c10_test_e200,c100_test_e200,"
          + "in16_test_e200,c10_train_s_per_epoch,raspi4_latency_ms,remark\n";
  private static final String FIRST =
      "7,|avg_pool_3x3~0|+|nor_conv_1x1~0|skip_connect~1|+|none~0|nor_conv_3x3~1|skip_connect~2|,"
          + "129306,15.64737,63.364,81.9827,85.8633,,26.6333,7.2898,10.5,measured\n";
  private static final Architecture CELL =
      new Architecture("nasbench201", List.of(4, 2, 1, 0, 3, 1));

  @TempDir private Path directory;

  @Test
  void readsWhatTheLineSays() throws IOException {
    Entry entry = Table.read(csv(HEADER + FIRST)).find(CELL).orElseThrow();
    assertThat(entry.index()).isEqualTo(7);
    assertThat(entry.architecture()).isEqualTo(CELL);
    assertThat(entry.params()).isEqualTo(129_306);
    assertThat(entry.flops()).isEqualTo(15_647_370);
    assertThat(entry.secondsPerEpoch()).isEqualTo(7.2898);
    assertThat(entry.validation(12)).hasValueCloseTo(0.63364, within(1e-12));
    assertThat(entry.validation(200)).hasValueCloseTo(0.819827, within(1e-12));
    assertThat(entry.validation(108)).isEmpty();
    assertThat(entry.test(TestSet.CIFAR10)).hasValueCloseTo(0.858633, within(1e-12));
    assertThat(entry.test(TestSet.CIFAR100)).isEmpty();
  }

  @Test
  void readsGzipAlike() throws IOException {
    Path file = directory.resolve("t.csv.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write((HEADER + FIRST).getBytes(StandardCharsets.UTF_8));
    }
    assertThat(Table.read(file).find(CELL)).isPresent();
  }

  @Test
  void knowsNoArchitectureOfAnotherSpace() throws IOException {
    Table table = Table.read(csv(HEADER + FIRST));
    assertThat(table.find(new Architecture("chain", CELL.values()))).isEmpty();
    assertThat(table.find(new Architecture("nasbench201", List.of(4, 2, 1)))).isEmpty();
    assertThat(table.find(CELL.with(2, 5))).isEmpty();
    assertThat(table.find(CELL.with(2, -1))).isEmpty();
    assertThat(table.find(CELL.with(2, 0))).isEmpty();
  }

  @Test
  void saysWhichFileIsMissing() {
    assertRefused(directory.resolve("none.csv"), "there is no file", "none.csv", "NAS-Bench-201");
    assertRefused(directory, "is no file");
  }

  @Test
  void namesLineAndColumnOfWhatIsWrong() throws IOException {
    assertRefused(csv(""), "is empty");
    assertRefused(
        csv(HEADER.replace("c10_val_e12,", "") + FIRST.replace("63.364,", "")),
        "has no column c10_val_e12");
    assertRefused(
        csv(HEADER + FIRST.replace("63.364", "6x")), ":2: column c10_val_e12: \"6x\" is no number");
    assertRefused(csv(HEADER + FIRST.replace("63.364", "163")), "163 is out of range");
    assertRefused(csv(HEADER + FIRST.replace("63.364", "NaN")), "NaN is out of range");
    assertRefused(
        csv(HEADER + FIRST.replace("7.2898", "")), "column c10_train_s_per_epoch: is empty");
    assertRefused(
        csv(HEADER + FIRST.replace("129306", "1.5")), "column params: \"1.5\" is no whole number");
    assertRefused(csv(HEADER + FIRST.replace(",measured", "")), ":2: 11 fields, the header has 12");
  }

  @Test
  void refusesArchitecturesThatAreUnknownOrComeTwice() throws IOException {
    assertRefused(csv(HEADER + FIRST + FIRST), ":3: column arch", "stands on line 2 already");
    for (String wrong :
        List.of("conv~0", "skip_connect~1", "avg_pool_3x3~0|+", "avg_pool_3x3~00")) {
      assertRefused(
          csv(HEADER + FIRST.replace("|avg_pool_3x3~0|+|nor", "|" + wrong + "|+|nor")),
          ":2: column arch",
          "not a cell of NAS-Bench-201",
          "nor_conv_3x3");
    }
    assertRefused(csv(HEADER + FIRST.replace("~2|,", "~2|x,")), "not a cell");
    assertRefused(csv(HEADER + FIRST.replace("|skip_connect~2|,", ",")), "not a cell");
  }

  @Test
  void saysWhenItIsNoGzip() throws IOException {
    Path file = Files.writeString(directory.resolve("t.csv.gz"), HEADER);
    assertRefused(file, "no whole gzip file");
  }

  @Test
  void numbersEveryCellOnce() {
    for (int number = 0; number < Cells.COUNT; number++) {
      assertThat(Cells.number(Cells.ALL.at(BigInteger.valueOf(number)))).isEqualTo(number);
    }
  }

  @Test
  void theRealTableIsWhole() {
    Table table = RealTable.read();
    assertThat(table.entries()).hasSize(Cells.COUNT);
    for (int number = 0; number < Cells.COUNT; number++) {
      assertThat(table.find(Cells.ALL.at(BigInteger.valueOf(number)))).isPresent();
    }
    assertBest(table, TestSet.CIFAR10, 6111, 0.9437);
    assertBest(table, TestSet.CIFAR100, 9930, 0.7351);
    assertBest(table, TestSet.IMAGENET16_120, 857, 0.4731);
    assertThat(table.entries().stream().mapToDouble(e -> e.validation(12).orElseThrow()).max())
        .hasValueCloseTo(0.8489, within(5e-5));
  }

  private static void assertBest(Table table, TestSet set, int index, double accuracy) {
    Entry best =
        table.entries().stream()
            .max(Comparator.comparingDouble(e -> e.test(set).orElseThrow()))
            .orElseThrow();
    assertThat(best.index()).isEqualTo(index);
    assertThat(best.test(set)).hasValueCloseTo(accuracy, within(5e-5));
  }

  private static void assertRefused(Path file, String... words) {
    assertThatThrownBy(() -> Table.read(file))
        .isInstanceOf(TableException.class)
        .hasMessageContainingAll(words);
  }

  private Path csv(String text) throws IOException {
    return Files.writeString(directory.resolve("t.csv"), text);
  }
}
