package dev.archipelago.deploy.view;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Rows of cells, aligned; numbers stand to the right. */
public final class Table {
  private static final String GAP = "  ";

  /** A number, perhaps with a unit, or a duration. */
  private static final Pattern NUMBER =
      Pattern.compile("-?[0-9][0-9,.]*(e[+-][0-9]+)?( [A-Za-z/]+)?|[0-9]+[dhms]( [0-9]{2}[hms])?");

  private final List<List<String>> rows = new ArrayList<>();
  private final boolean headed;

  private Table(boolean headed) {
    this.headed = headed;
  }

  public static Table headed(String... titles) {
    Table table = new Table(true);
    table.row(titles);
    return table;
  }

  public static Table plain() {
    return new Table(false);
  }

  public Table row(String... cells) {
    rows.add(List.of(cells));
    return this;
  }

  public List<String> lines() {
    int columns = rows.stream().mapToInt(List::size).max().orElse(0);
    int[] widths = new int[columns];
    boolean[] numeric = new boolean[columns];
    for (int column = 0; column < columns; column++) {
      numeric[column] = headed && isNumeric(column);
      for (List<String> row : rows) {
        // The last cell of a short row may run on below the columns that follow.
        boolean runsOn = column == row.size() - 1 && row.size() < columns;
        widths[column] = Math.max(widths[column], runsOn ? 0 : cell(row, column).length());
      }
    }
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < row.size(); column++) {
        String cell = row.get(column);
        String padding = " ".repeat(Math.max(0, widths[column] - cell.length()));
        line.append(column == 0 ? "" : GAP);
        line.append(numeric[column] ? padding + cell : cell + padding);
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }

  private boolean isNumeric(int column) {
    List<String> known =
        rows.subList(1, rows.size()).stream()
            .map(row -> cell(row, column))
            .filter(cell -> !cell.isEmpty() && !cell.equals(Format.UNKNOWN))
            .toList();
    return !known.isEmpty() && known.stream().allMatch(NUMBER.asMatchPredicate());
  }

  private static String cell(List<String> row, int column) {
    return column < row.size() ? row.get(column) : "";
  }
}
