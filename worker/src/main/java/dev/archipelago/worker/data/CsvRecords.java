package dev.archipelago.worker.data;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * The records of comma-separated values (RFC 4180): cells may stand in double quotes, with commas,
 * line ends and doubled quotes in them. Blank lines are passed over, and white space around a cell
 * that is not quoted is dropped.
 */
final class CsvRecords implements Iterator<CsvRecords.Line> {
  private final String text;
  private int at;
  private int line = 1;

  CsvRecords(String text) {
    this.text = text;
    skipBlankLines();
  }

  /**
   * A record.
   *
   * @param number of the line in which it begins, from 1
   */
  record Line(int number, List<String> cells) {
    Line {
      cells = List.copyOf(cells);
    }
  }

  @Override
  public boolean hasNext() {
    return at < text.length();
  }

  /**
   * @throws DatasetException where a quote does not end
   */
  @Override
  public Line next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    int number = line;
    List<String> cells = new ArrayList<>();
    boolean more = true;
    while (more) {
      skipBlanks();
      cells.add(at < text.length() && text.charAt(at) == '"' ? quoted(cells.size() + 1) : plain());
      more = at < text.length() && text.charAt(at) == ',';
      if (more) {
        at++;
      }
    }
    skipBlankLines();
    return new Line(number, cells);
  }

  private String plain() {
    int start = at;
    while (at < text.length() && text.charAt(at) != ',' && !endsLine(text.charAt(at))) {
      at++;
    }
    return text.substring(start, at).strip();
  }

  private String quoted(int column) {
    int start = line;
    StringBuilder cell = new StringBuilder();
    at++;
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c != '"') {
        line += c == '\n' ? 1 : 0;
        cell.append(c);
      } else if (at < text.length() && text.charAt(at) == '"') {
        cell.append('"');
        at++;
      } else {
        String rest = plain(); // nothing, where the file is as it should be
        return cell + rest;
      }
    }
    throw new DatasetException("line %d, column %d: a quote does not end".formatted(start, column));
  }

  private void skipBlanks() {
    while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
      at++;
    }
  }

  private void skipBlankLines() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      line += text.charAt(at) == '\n' ? 1 : 0;
      at++;
    }
  }

  private static boolean endsLine(char c) {
    return c == '\n' || c == '\r';
  }
}
