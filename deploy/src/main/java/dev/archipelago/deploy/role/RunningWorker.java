package dev.archipelago.deploy.role;

/** A worker in this process. */
public interface RunningWorker extends AutoCloseable {

  /**
   * Waits for the worker's end: a controller refused it, or {@link #close} was called.
   *
   * @return why it ended, where that was not asked for; empty otherwise
   */
  String await() throws InterruptedException;

  /** Says goodbye and ends. */
  @Override
  void close();
}
