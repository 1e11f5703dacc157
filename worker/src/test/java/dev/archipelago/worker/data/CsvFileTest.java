package dev.archipelago.worker.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.archipelago.protocol.random.SplitMix64;
import dev.archipelago.protocol.space.Shape;
import dev.archipelago.protocol.space.Task;
import dev.archipelago.protocol.trial.DatasetRef;
import dev.archipelago.protocol.trial.Examples;
import dev.archipelago.protocol.trial.Split;
import dev.archipelago.protocol.trial.Training.Augmentation;
import dev.archipelago.worker.engine.Batch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvFileTest {
  private static final Examples.Rows LAST = new Examples.Rows("", "");
  private static final Path DIGITS = Path.of("../examples/data/digits.csv.gz");

  @TempDir private Path directory;

  // --- good files

  @Test
  void readsRowsWithoutAHeader() throws IOException {
    Path file = file("a.csv", "1,2,yes\n3.5,-4e1,no\n+.5,6,yes\n");
    CsvTable table = CsvTable.read(file, "");
    assertThat(table.values()).containsExactly(1, 2, 3.5f, -40, 0.5f, 6);
    assertThat(table.label(1)).isEqualTo("no");
    assertThat(probe(file, LAST)).isEqualTo(new Task(new Shape(2, 1, 1), 2));
  }

  @Test
  void findsTheHeaderAndTheLabelInIt() throws IOException {
    String text = "species , length,width\n\"a, \"\"b\"\"\", 1 ,2\r\nc,3,4\n\n";
    Path file = file("a.csv", "\ufeff" + text);
    CsvTable table = CsvTable.read(file, "species");
    assertThat(table.values()).containsExactly(1, 2, 3, 4);
    assertThat(table.label(0)).isEqualTo("a, \"b\"");
    assertThat(probe(file, new Examples.Rows("species", "")).classes()).isEqualTo(2);
    Path last = file("b.csv", "length,width,class\n1,2,3\n3,4,4\n");
    assertThat(CsvTable.read(last, "").rows()).isEqualTo(2);
  }

  @Test
  void aQuotedCellMayGoOverLines() throws IOException {
    Path file = file("a.csv", "1,\"x\ny\"\n2,z\n3,\n");
    assertThatThrownBy(() -> CsvTable.read(file, "")).hasMessageContaining("line 4 column 2 is em");
  }

  @Test
  void readsGzip() throws IOException {
    Path file = directory.resolve("a.csv.gz");
    Files.write(file, TinySet.gzip("1,a\n2,b\n".getBytes(StandardCharsets.UTF_8)));
    assertThat(probe(file, LAST)).isEqualTo(new Task(new Shape(1, 1, 1), 2));
  }

  @Test
  void readsTheDigitsOfTheExample() {
    Task task = new Task(new Shape(64, 1, 1), 10);
    assertThat(probe(DIGITS, LAST)).isEqualTo(task);
    Dataset digits = load(DIGITS, LAST, task);
    assertThat(digits.train().size() + digits.test().size()).isEqualTo(1797);
    assertThat(digits.test().size()).isEqualTo(359); // a fifth
    int[] seen = new int[10];
    for (int i = 0; i < digits.test().size(); i++) {
      seen[digits.test().label(i)]++;
    }
    assertThat(Arrays.stream(seen).min().orElseThrow()).isGreaterThan(33);
  }

  @Test
  void classesAreInTheOrderOfTheirNumbers() throws IOException {
    Path file = file("a.csv", "1,10\n2,9\n3,-1\n".repeat(5));
    TableSet train = (TableSet) load(file, LAST, probe(file, LAST)).train();
    for (int row = 0; row < train.size(); row++) {
      assertThat(train.label(row)).isEqualTo(3 - (int) train.value(row, 0));
    }
  }

  @Test
  void noRowIsTrainedAndTestedOn() throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 50; i++) {
      text.append(i).append(i % 5 == 0 ? ",a\n" : ",b\n");
    }
    Path file = file("a.csv", text.toString());
    Dataset dataset = load(file, LAST, probe(file, LAST));
    Set<Float> seen = new HashSet<>();
    for (ExampleSet part : new ExampleSet[] {dataset.train(), dataset.test()}) {
      for (int row = 0; row < part.size(); row++) {
        assertThat(seen.add(((TableSet) part).value(row, 0))).isTrue();
      }
    }
    assertThat(seen).hasSize(50);
    assertThat(dataset.test().size()).isEqualTo(10);
  }

  @Test
  void testsOnAFileOfItsOwn() throws IOException {
    Path file = file("train.csv", "x,y,class\n1,2,a\n3,4,b\n5,6,a\n");
    Path test = file("test.csv", "x,y,class\n7,8,b\n");
    Examples.Rows rows = new Examples.Rows("class", test.toString());
    Dataset dataset = load(file, rows, probe(file, rows));
    assertThat(dataset.train().size()).isEqualTo(3);
    Files.writeString(test, "x,y,class\n7,8,b\n9,9,a\n"); // read only now
    assertThat(dataset.test().size()).isEqualTo(2);
    assertThat(dataset.test().label(0)).isEqualTo(1);
  }

  @Test
  void standardisesByTheRowsThatAreTrainedOn() throws IOException {
    Path file = file("a.csv", "1,5,a\n3,5,b\n100,7,a\n1000,9,b\n");
    TableSet table =
        (TableSet) load(file, new Examples.Rows("", file.toString()), probe(file, LAST)).train();
    Normalization normal = table.normalization(new int[] {0, 1}); // 1 and 3; 5 and 5
    Batch batch = new Batch(4, 2);
    new EvaluationBatches(table, normal).next(batch);
    assertThat(batch.images().get(0)).isEqualTo(-1);
    assertThat(batch.images().get(2)).isEqualTo(1);
    assertThat(batch.images().get(4)).isEqualTo(98);
    assertThat(batch.images().get(1)).isZero();
    assertThat(batch.images().get(5)).isCloseTo(2, within(1e-6f)); // only shifted
    assertThat(Arrays.copyOf(batch.labels(), 4)).containsExactly(0, 1, 0, 1);
  }

  @Test
  void splitsLikeImages() {
    Dataset digits = load(DIGITS, LAST, new Task(new Shape(64, 1, 1), 10));
    Splits splits = digits.train().split(0, new Split(3, 0.25));
    assertThat(splits.validation()).hasSize((int) Math.round(digits.train().size() * 0.25));
    assertThat(splits.training()).doesNotContain(splits.validation());
    assertThat(digits.train().split(200, new Split(3, 0.25)).both()).hasSize(200);
  }

  @Test
  void hasNothingToAugment() {
    TableSet train = (TableSet) load(DIGITS, LAST, probe(DIGITS, LAST)).train();
    Normalization normal = train.normalization(new int[] {0, 1, 2});
    assertThatThrownBy(() -> train.writer(normal, new Augmentation(1, false)))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("cannot be cropped");
    TrainingBatches batches =
        new TrainingBatches(train, new int[] {0, 1, 2}, normal, Augmentation.NONE);
    batches.begin(new SplitMix64(1));
    assertThat(batches.next(new Batch(3, 64))).isTrue();
  }

  // --- broken files

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1,2,a;3,x,b | line 2 column 2: \"x\" is no number",
        "p,q,r;1,2,a;3,NaN,b | line 3 column 2 (q): \"NaN\" is no number",
        "1,x,a;2,3,b | line 1 column 2: \"x\" is no number",
        "1,2,a;3,,b | line 2 column 2 is empty: fill missing values in",
        "1,2,a;3,4, | line 2 column 3 is empty",
        "1,2,a;3,4,5,b | line 2 has 4 columns, the first line has 3",
        "1,2,a;;;3,b | line 4 has 2 columns, the first line has 3",
        "1,2,a;3,1e99,b | line 2 column 2: 1e99 is too large",
        "1,2,a;3,4,a | one label only, a: there is nothing to tell apart",
        "p,q,r | has a header and no rows",
        "1;2;3 | line 1 has one column",
        "1,2,a;3,4,\"b | line 2, column 3: a quote does not end",
        "'' | is empty"
      })
  void saysWhatIsWrongAndWhere(String lines, String message) throws IOException {
    Path file = file("bad.csv", lines.replace(';', '\n'));
    assertThatThrownBy(() -> probe(file, LAST))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("bad.csv")
        .hasMessageContaining(message);
    assertThat(new Datasets(directory).check("csv", file.toString()))
        .singleElement()
        .satisfies(report -> assertThat(report.good()).isFalse())
        .satisfies(report -> assertThat(report.finding()).contains(message));
  }

  @Test
  void namesALabelThatIsNoColumn() throws IOException {
    Path file = file("a.csv", "x,y,class\n1,2,a\n");
    assertThatThrownBy(() -> probe(file, new Examples.Rows("species", "")))
        .hasMessageContaining("no header with a column \"species\"; found: x, y, class");
    assertThatThrownBy(() -> probe(DIGITS, new Examples.Rows("species", "")))
        .hasMessageContaining("line 1 is no header");
  }

  @Test
  void namesFilesThatAreNotThere() throws IOException {
    Path nowhere = directory.resolve("nowhere.csv");
    assertThatThrownBy(() -> probe(nowhere, LAST)).hasMessageContaining("no file " + nowhere);
    assertThatThrownBy(() -> probe(directory, LAST)).hasMessageContaining("is a directory");
    Path file = file("a.csv", "1,a\n2,b\n");
    assertThatThrownBy(() -> probe(file, new Examples.Rows("", nowhere.toString())))
        .hasMessageContaining("no file " + nowhere + " to test on");
    Path cut = directory.resolve("cut.csv.gz");
    Files.write(cut, Arrays.copyOf(Files.readAllBytes(DIGITS), 1000));
    assertThatThrownBy(() -> probe(cut, LAST)).hasMessageContaining("cannot read " + cut);
    Path latin = directory.resolve("latin.csv");
    Files.write(latin, "1,\u00e4\n2,b\n".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> probe(latin, LAST)).hasMessageContaining("is not text in UTF-8");
  }

  @Test
  void refusesQuantitiesAsLabels() throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 1001; i++) {
      text.append("1,").append(i).append(".5\n");
    }
    Path file = file("a.csv", text.toString());
    assertThatThrownBy(() -> probe(file, LAST)).hasMessageContaining("1001 different labels");
  }

  @Test
  void refusesTestRowsThatDoNotFit() throws IOException {
    Path file = file("train.csv", "1,2,a\n3,4,b\n");
    Path narrow = file("narrow.csv", "1,a\n");
    Path strange = file("strange.csv", "1,2,c\n");
    Task task = probe(file, LAST);
    assertThatThrownBy(() -> load(file, new Examples.Rows("", narrow.toString()), task).test())
        .hasMessageContaining("narrow.csv has 2 columns, ")
        .hasMessageContaining("train.csv has 3");
    assertThatThrownBy(() -> probe(file, new Examples.Rows("", narrow.toString())))
        .hasMessageContaining("data set csv: ")
        .hasMessageContaining("narrow.csv has 2 columns, ");
    assertThatThrownBy(() -> load(file, new Examples.Rows("", strange.toString()), task).test())
        .hasMessageContaining("a label that is not in the training rows: c");
    assertThatThrownBy(() -> load(file, LAST, new Task(new Shape(3, 1, 1), 2)))
        .hasMessageContaining("the search expects");
  }

  @Test
  void refusesTestRowsWithOtherColumns() throws IOException {
    Path file = file("train.csv", "x,y,class\n1,2,a\n3,4,b\n");
    Path turned = file("turned.csv", "y,x,class\n1,2,a\n");
    for (String label : new String[] {"", "class"}) {
      Examples.Rows rows = new Examples.Rows(label, turned.toString());
      assertThatThrownBy(() -> probe(file, rows))
          .hasMessageContaining("data set csv: column 1 is \"y\" in " + turned)
          .hasMessageContaining("and \"x\" in " + file);
      Task task = probe(file, new Examples.Rows(label, ""));
      assertThatThrownBy(() -> load(file, rows, task).test())
          .hasMessageContaining("column 1 is \"y\" in " + turned);
    }
    Path bare = file("bare.csv", "1,2,a\n"); // nothing to compare
    assertThat(probe(file, new Examples.Rows("", bare.toString())).classes()).isEqualTo(2);
    Path nameless = file("nameless.csv", "x,y,kind\n1,2,a\n");
    assertThatThrownBy(() -> probe(file, new Examples.Rows("class", nameless.toString())))
        .hasMessageContaining("nameless.csv, line 1 is no header with a column \"class\"");
    Path later = file("later.csv", "x,y,class\n1,oops,a\n"); // its values are read at the end
    assertThat(probe(file, new Examples.Rows("", later.toString())).classes()).isEqualTo(2);
  }

  @Test
  void doesNotHoldImages() {
    assertThatThrownBy(() -> probe(DIGITS, new Examples.Images(0)))
        .isInstanceOf(DatasetException.class)
        .hasMessage("data set csv does not hold images");
  }

  private Task probe(Path file, Examples examples) {
    return new Datasets(directory).probe("csv", file.toString(), examples);
  }

  private Dataset load(Path file, Examples examples, Task task) {
    return new Datasets(directory).load(new DatasetRef("csv", file.toString(), examples, task, 0));
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text);
  }
}
