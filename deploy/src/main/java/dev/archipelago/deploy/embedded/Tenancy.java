package dev.archipelago.deploy.embedded;

import dev.archipelago.deploy.client.ApiClient;
import dev.archipelago.deploy.client.ApiException;
import dev.archipelago.deploy.client.Endpoint;
import dev.archipelago.deploy.client.UnreachableException;
import dev.archipelago.deploy.exit.CommandException;
import dev.archipelago.deploy.settings.DataDirectory;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Who runs the controller on a data directory: this process, or another one that answers.
 *
 * <p>The lock decides, the endpoint file only informs: a file that a killed process left behind is
 * ignored as soon as the lock can be had, and two processes that start at the same moment cannot
 * both get it.
 */
public sealed interface Tenancy {

  /** Nobody else does, and nobody else will until this is closed. */
  final class Mine implements Tenancy, AutoCloseable {
    private final DirectoryLock lock;
    private final EndpointFile file;

    private Mine(DirectoryLock lock, EndpointFile file) {
      this.lock = lock;
      this.file = file;
    }

    /** Tells other commands on this directory where to go. */
    public void publish(Endpoint endpoint) {
      try {
        file.write(endpoint);
      } catch (IOException e) {
        throw CommandException.failed("cannot write endpoint.json: " + e.getMessage(), e);
      }
    }

    @Override
    public void close() {
      file.delete();
      lock.close();
    }
  }

  /** Another process does. */
  record Theirs(ApiClient client, long pid) implements Tenancy {}

  /** How long a process that has the lock may take before it answers. */
  Duration PATIENCE = Duration.ofSeconds(60);

  /** Waits while another process that has the lock does not answer yet, or is about to end. */
  static Tenancy of(DataDirectory directory) {
    return of(directory, PATIENCE);
  }

  /**
   * As {@link #of(DataDirectory)}, with another patience.
   *
   * @throws CommandException if it runs out
   */
  static Tenancy of(DataDirectory directory, Duration patience) {
    directory.create();
    EndpointFile file = new EndpointFile(directory.endpoint());
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      Optional<DirectoryLock> lock = DirectoryLock.tryAcquire(directory.lock());
      if (lock.isPresent()) {
        file.delete();
        return new Mine(lock.get(), file);
      }
      Optional<Theirs> theirs = file.read().flatMap(Tenancy::answering);
      if (theirs.isPresent()) {
        return theirs.get();
      }
      if (System.nanoTime() > deadline) {
        throw CommandException.failed(
            "another process has "
                + directory
                + " but does not answer"
                + file.read().map(content -> " (process " + content.pid() + ")").orElse("")
                + "; wait for it, end it, or choose another directory with --data-dir");
      }
      pause();
    }
  }

  private static Optional<Theirs> answering(EndpointFile.Content content) {
    if (!content.isAlive()) {
      return Optional.empty();
    }
    ApiClient client = new ApiClient(content.endpoint());
    try {
      client.searches();
      return Optional.of(new Theirs(client, content.pid()));
    } catch (UnreachableException | ApiException e) {
      return Optional.empty(); // still starting, or already stopping
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(100);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CommandException.failed("interrupted while waiting for the data directory", e);
    }
  }
}
