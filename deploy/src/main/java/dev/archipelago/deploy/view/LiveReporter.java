package dev.archipelago.deploy.view;

import dev.archipelago.deploy.client.TrialDocument;
import java.io.PrintWriter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.IntSupplier;

/**
 * A compact view that is drawn over itself. Notices and finished trials scroll away above it.
 *
 * <p>Thread-safe: notices come from other threads.
 */
public final class LiveReporter implements Reporter {
  private static final String ERASE_BELOW = "\u001b[J";

  private final PrintWriter out;
  private final IntSupplier columns;
  private final Deque<String> above = new ArrayDeque<>();
  private List<String> frame = List.of();
  private int drawn;

  /**
   * @param out a terminal
   * @param columns its width, asked at every drawing
   */
  public LiveReporter(PrintWriter out, IntSupplier columns) {
    this.out = out;
    this.columns = columns;
  }

  @Override
  public synchronized void show(Progress progress) {
    for (TrialDocument trial : progress.finished()) {
      above.add(TrialLine.of(trial, progress.status().rungsOrNone()));
    }
    frame = LiveFrame.lines(progress, columns.getAsInt());
    draw();
  }

  @Override
  public synchronized void notice(String text) {
    text.lines().forEach(above::add);
    draw();
  }

  /** Leaves the last frame standing, so that what was seen stays on the screen. */
  @Override
  public synchronized void close() {
    frame = List.of();
    drawn = 0;
  }

  private void draw() {
    List<String> lines = new ArrayList<>(above);
    above.clear();
    lines.addAll(frame);
    StringBuilder text = new StringBuilder();
    if (drawn > 0) {
      text.append("\u001b[").append(drawn).append('A');
    }
    text.append('\r').append(ERASE_BELOW);
    lines.forEach(line -> text.append(line).append('\n'));
    drawn = frame.size();
    out.print(text);
    out.flush();
  }
}
