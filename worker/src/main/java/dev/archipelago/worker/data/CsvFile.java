package dev.archipelago.worker.data;

import dev.archipelago.protocol.space.Shape;
import dev.archipelago.protocol.space.Task;
import dev.archipelago.protocol.trial.Examples;
import dev.archipelago.protocol.trial.Split;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A user's own table, see {@link CsvTable}. Its classes are the different labels, in the order of
 * their numbers where all are whole numbers, and of their characters otherwise.
 *
 * <p>Rows to test on come from a file of their own, or are a fifth of the table: stratified by
 * class, and the same for every search on the table, whatever its seed.
 */
final class CsvFile implements Source {
  private static final Split TEST = new Split(0x7465_7374L, 0.2);

  private static final int MOST_CLASSES = 1_000;

  @Override
  public String name() {
    return "csv";
  }

  @Override
  public String description() {
    return "your own table: a .csv or .csv.gz file of numbers and a label";
  }

  @Override
  public Task probe(Path file, Examples examples) {
    Examples.Rows rows = as(Examples.Rows.class, examples);
    if (!rows.test().isEmpty() && !Files.isRegularFile(Path.of(rows.test()))) {
      throw new DatasetException(
          "data set csv: there is no file %s to test on".formatted(rows.test()));
    }
    CsvTable table = read(file, rows.label());
    if (!rows.test().isEmpty()) {
      Path test = Path.of(rows.test());
      named(() -> table.withSameColumns(CsvTable.head(test, rows.label())));
    }
    return task(file, table);
  }

  @Override
  public TableSet train(Path file, Examples examples, Task task) {
    Examples.Rows rows = as(Examples.Rows.class, examples);
    TableSet all = table(file, rows, task);
    return rows.test().isEmpty() ? all.rows(Splits.of(all, 0, TEST).training()) : all;
  }

  @Override
  public TableSet test(Path file, Examples examples, Task task) {
    Examples.Rows rows = as(Examples.Rows.class, examples);
    if (rows.test().isEmpty()) {
      TableSet all = table(file, rows, task);
      return all.rows(Splits.of(all, 0, TEST).validation());
    }
    Path other = Path.of(rows.test());
    CsvTable train = read(file, rows.label(), task);
    CsvTable test = named(() -> train.withSameColumns(CsvTable.read(other, rows.label())));
    return set(other, test, classes(train), task);
  }

  private static TableSet table(Path file, Examples.Rows rows, Task task) {
    CsvTable table = read(file, rows.label(), task);
    return set(file, table, classes(table), task);
  }

  private static CsvTable read(Path file, String label, Task task) {
    CsvTable table = read(file, label);
    Task found = task(file, table);
    if (!found.equals(task)) {
      throw new DatasetException(
          "data set csv: %s gives %s, the search expects %s".formatted(file, found, task));
    }
    return table;
  }

  private static TableSet set(Path file, CsvTable table, List<String> classes, Task task) {
    Map<String, Integer> numbers = new HashMap<>();
    classes.forEach(name -> numbers.put(name, numbers.size()));
    int[] labels = new int[table.rows()];
    for (int row = 0; row < labels.length; row++) {
      Integer number = numbers.get(table.label(row));
      if (number == null) {
        throw new DatasetException(
            "data set csv: %s has a label that is not in the training rows: %s"
                .formatted(file, table.label(row)));
      }
      labels[row] = number;
    }
    return new TableSet(task, table.values(), labels);
  }

  @Override
  public List<FileReport> check(Path file) {
    try {
      CsvTable table = read(file, "");
      Task task = task(file, table);
      return List.of(
          new FileReport(
              file.toString(),
              true,
              "%d rows of %d numbers, %d classes in the last column"
                  .formatted(table.rows(), table.features(), task.classes())));
    } catch (DatasetException e) {
      return List.of(new FileReport(file.toString(), false, String.valueOf(e.getMessage())));
    }
  }

  private static CsvTable read(Path file, String label) {
    return named(() -> CsvTable.read(file, label));
  }

  /** With the data set's name before whatever is wrong. */
  private static <T> T named(Supplier<T> reading) {
    try {
      return reading.get();
    } catch (DatasetException e) {
      throw new DatasetException("data set csv: " + e.getMessage(), e);
    }
  }

  private static Task task(Path file, CsvTable table) {
    int classes = classes(table).size();
    if (classes < 2) {
      throw new DatasetException(
          "data set csv: %s has one label only, %s: there is nothing to tell apart"
              .formatted(file, table.label(0)));
    }
    if (classes > MOST_CLASSES) {
      throw new DatasetException(
          "data set csv: %s has %d different labels; at most %d: they are classes, not quantities"
              .formatted(file, classes, MOST_CLASSES));
    }
    return new Task(new Shape(table.features(), 1, 1), classes);
  }

  private static List<String> classes(CsvTable table) {
    List<String> classes = new ArrayList<>(table.differentLabels());
    boolean whole = classes.stream().allMatch(label -> label.matches("-?\\d{1,9}"));
    classes.sort(
        whole
            ? (a, b) -> Integer.compare(Integer.parseInt(a), Integer.parseInt(b))
            : (a, b) -> a.compareTo(b));
    return List.copyOf(classes);
  }
}
