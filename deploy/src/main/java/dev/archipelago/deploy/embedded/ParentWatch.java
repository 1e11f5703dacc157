package dev.archipelago.deploy.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A child's end of the pipe from its parent: the first line says where to join, the end of the
 * stream that the parent is no more.
 */
public final class ParentWatch {
  private ParentWatch() {}

  /**
   * Watches from now on.
   *
   * @param orphaned runs when the stream ends; it should not return, since nobody waits for this
   *     process any more
   * @return the first line
   */
  public static CompletionStage<String> start(InputStream fromParent, Runnable orphaned) {
    CompletableFuture<String> first = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              read(fromParent, first);
              orphaned.run();
            },
            "parent-watch");
    thread.setDaemon(true);
    thread.start();
    return first;
  }

  private static void read(InputStream fromParent, CompletableFuture<String> first) {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(fromParent, StandardCharsets.UTF_8))) {
      String line;
      while ((line = lines.readLine()) != null) {
        first.complete(line);
      }
    } catch (IOException e) {
      // A broken pipe is an end like any other.
    }
  }
}
