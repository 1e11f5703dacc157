package dev.archipelago.worker.program;

import java.util.ArrayDeque;
import java.util.Deque;

/** The last lines of an output, up to a number of characters. Several threads may add. */
final class Tail {
  private final int limit;
  private final Deque<String> lines = new ArrayDeque<>();
  private int characters;

  /**
   * @param limit characters, line ends included
   */
  Tail(int limit) {
    this.limit = limit;
  }

  synchronized void add(String line) {
    String end = line.length() < limit ? line : "..." + line.substring(line.length() - limit + 4);
    lines.addLast(end);
    characters += end.length() + 1;
    while (characters > limit) {
      characters -= lines.removeFirst().length() + 1;
    }
  }

  /** The lines, the oldest first. */
  synchronized String text() {
    return String.join("\n", lines);
  }
}
