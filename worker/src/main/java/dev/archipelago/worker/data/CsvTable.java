package dev.archipelago.worker.data;

import dev.archipelago.worker.data.CsvRecords.Line;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A file of comma-separated values as it was read: in each row numbers and one label.
 *
 * <p>The first row is a header where none of its cells but the label's is a number. Messages count
 * lines and columns from 1.
 */
final class CsvTable {
  /** As many answers as fit into one message. */
  private static final int MOST_ROWS = 1_000_000;

  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");

  private final Path file;
  private final int labelColumn;
  private final int columns; // with the label
  private final List<String> header; // empty where there is none
  private final List<String> labels = new ArrayList<>();
  private float[] values; // [rows, columns - 1], and room for more

  private CsvTable(Path file, Line first, String label) {
    this.file = file;
    this.columns = first.cells().size();
    if (columns < 2) {
      throw problem(first.number(), "has one column; needed are numbers and a label, with commas");
    }
    int named = label.isEmpty() ? columns - 1 : first.cells().indexOf(label);
    boolean headed =
        named >= 0
            && IntStream.range(0, columns)
                .filter(c -> c != named)
                .mapToObj(first.cells()::get)
                .noneMatch(cell -> cell.isEmpty() || isNumber(cell));
    if (!label.isEmpty() && !headed) {
      throw problem(
          first.number(),
          "is no header with a column \"%s\"; found: %s"
              .formatted(label, String.join(", ", first.cells())));
    }
    this.labelColumn = named;
    this.header = headed ? first.cells() : List.of();
    this.values = new float[1024 * (columns - 1)];
  }

  /**
   * Reads a file.
   *
   * @param label the label's column; empty for the last
   * @throws DatasetException naming file, line and column of the first thing that is wrong
   */
  static CsvTable read(Path file, String label) {
    CsvRecords records = records(file);
    Line first = next(file, records);
    CsvTable table = new CsvTable(file, first, label);
    if (table.header.isEmpty()) {
      table.add(first);
    }
    while (records.hasNext()) {
      table.add(next(file, records));
    }
    if (table.rows() == 0) {
      throw new DatasetException("%s has a header and no rows".formatted(file));
    }
    return table;
  }

  /** A table without its rows, as the first line alone shows it. */
  static CsvTable head(Path file, String label) {
    return new CsvTable(file, next(file, records(file)), label);
  }

  private static CsvRecords records(Path file) {
    try {
      CsvRecords records = new CsvRecords(PlainFiles.read(file));
      if (!records.hasNext()) {
        throw new DatasetException("%s is empty".formatted(file));
      }
      return records;
    } catch (IOException e) {
      throw new DatasetException(String.valueOf(e.getMessage()), e);
    }
  }

  private static Line next(Path file, CsvRecords records) {
    try {
      return records.next();
    } catch (DatasetException e) {
      throw new DatasetException(file + ", " + e.getMessage(), e);
    }
  }

  private void add(Line line) {
    if (rows() == MOST_ROWS) {
      throw problem(line.number(), "is one too many: at most %,d rows".formatted(MOST_ROWS));
    }
    List<String> cells = line.cells();
    if (cells.size() != columns) {
      throw problem(
          line.number(), "has %d columns, the first line has %d".formatted(cells.size(), columns));
    }
    int next = rows() * features();
    if (next + features() > values.length) {
      values = Arrays.copyOf(values, Math.multiplyExact(2, values.length));
    }
    for (int c = 0; c < columns; c++) {
      String cell = cells.get(c);
      if (cell.isEmpty()) {
        throw problem(
            line.number(), place(c) + " is empty: fill missing values in or leave the row out");
      }
      if (c != labelColumn) {
        values[next++] = number(line.number(), c, cell);
      }
    }
    labels.add(cells.get(labelColumn));
  }

  private float number(int line, int column, String cell) {
    if (!isNumber(cell)) {
      throw problem(
          line,
          place(column)
              + ": \"%s\" is no number; all columns but the label's hold numbers".formatted(cell));
    }
    float value = Float.parseFloat(cell);
    if (!Float.isFinite(value)) {
      throw problem(line, place(column) + ": %s is too large".formatted(cell));
    }
    return value;
  }

  private static boolean isNumber(String cell) {
    return NUMBER.matcher(cell).matches();
  }

  private String place(int column) {
    String name = header.isEmpty() ? "" : " (" + header.get(column) + ")";
    return "column " + (column + 1) + name;
  }

  private DatasetException problem(int line, String what) {
    return new DatasetException("%s, line %d %s".formatted(file, line, what));
  }

  /**
   * Compares the number of columns, and their names where both tables have a header.
   *
   * @return the other
   * @throws DatasetException naming the first column that is another one there
   */
  CsvTable withSameColumns(CsvTable other) {
    if (other.columns != columns) {
      throw new DatasetException(
          "%s has %d columns, %s has %d".formatted(other.file, other.columns, file, columns));
    }
    boolean named = !header.isEmpty() && !other.header.isEmpty();
    for (int c = 0; named && c < columns; c++) {
      if (!header.get(c).equals(other.header.get(c))) {
        throw new DatasetException(
            "column %d is \"%s\" in %s and \"%s\" in %s"
                .formatted(c + 1, other.header.get(c), other.file, header.get(c), file));
      }
    }
    return other;
  }

  int rows() {
    return labels.size();
  }

  /** Columns without the label. */
  int features() {
    return columns - 1;
  }

  /** [rows, features] */
  float[] values() {
    return Arrays.copyOf(values, rows() * features());
  }

  String label(int row) {
    return labels.get(row);
  }

  /** In the order in which they come. */
  List<String> differentLabels() {
    return labels.stream().distinct().toList();
  }
}
