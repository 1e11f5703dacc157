package dev.archipelago.worker.program;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Reads a stream to its end on a thread of its own, since a program that nobody listens to stands
 * still when the pipe is full. Lines are cut at a length, so that no output fills the memory.
 */
final class LineReader {
  static final int MAX_LINE = 1 << 20;

  private final InputStream stream;
  private final Consumer<String> receiver;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private final Thread thread;

  /**
   * @param receiver is told every line without its end, on the reader's thread
   */
  LineReader(InputStream stream, String name, Consumer<String> receiver) {
    this.stream = stream;
    this.receiver = receiver;
    this.thread = new Thread(this::read, name);
    thread.setDaemon(true);
    thread.start();
  }

  private void read() {
    byte[] chunk = new byte[8192];
    try (stream) {
      for (int count = stream.read(chunk); count >= 0; count = stream.read(chunk)) {
        take(chunk, count);
      }
    } catch (IOException e) {
      // The process was killed, and its pipe with it: what came before counts.
    }
    if (line.size() > 0) {
      end();
    }
  }

  private void take(byte[] chunk, int count) {
    for (int i = 0; i < count; i++) {
      if (chunk[i] == '\n') {
        end();
      } else if (line.size() < MAX_LINE) {
        line.write(chunk[i]);
      }
    }
  }

  private void end() {
    receiver.accept(line.toString(StandardCharsets.UTF_8).stripTrailing());
    line.reset();
  }

  /** Waits for the stream's end; not longer, since a grandchild may hold it open. */
  void join(long millis) throws InterruptedException {
    thread.join(millis);
  }
}
