package dev.archipelago.worker.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A training thread that runs a task when the test says so, on the test's own thread. */
final class ManualThread implements Executor {
  private final LinkedBlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();

  @Override
  public void execute(Runnable task) {
    tasks.add(task);
  }

  /** Runs the next task to its end; waits for it to be given, since agents are asynchronous. */
  void runNext() throws InterruptedException {
    Runnable task = tasks.poll(5, TimeUnit.SECONDS);
    assertThat(task).as("a task within 5 seconds").isNotNull();
    task.run();
  }

  boolean isIdle() {
    return tasks.isEmpty();
  }
}
