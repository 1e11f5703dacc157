package dev.archipelago.deploy.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Starts {@link TinyChild}ren and remembers them. */
class TinyLauncher implements ChildLauncher {
  private final BlockingQueue<Started> started = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
  private final List<Process> all = new ArrayList<>();
  private volatile String fate = "stay";
  private volatile boolean crashing;

  record Started(String name, boolean spare, Process process) {
    /** The next line of its output. */
    String line() throws IOException {
      return process.inputReader().readLine();
    }
  }

  /** From now on children die at birth. */
  void letDie() {
    fate = "die";
  }

  /** From now on children say that they cannot work like this. */
  void letRefuse() {
    fate = "refuse";
  }

  /** From now on an end is a crash. */
  void letCrash() {
    crashing = true;
  }

  @Override
  public synchronized Process launch(String name, boolean spare) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                TinyChild.class.getName(),
                fate)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    all.add(process);
    started.add(new Started(name, spare, process));
    return process;
  }

  @Override
  public void promoted(String name) {
    events.add("promoted " + name);
  }

  @Override
  public boolean ended(String name, long pid) {
    events.add("ended " + name);
    return crashing;
  }

  Started next() throws InterruptedException {
    Started next = started.poll(60, TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("no child was started");
    }
    return next;
  }

  List<String> events() {
    return List.copyOf(events);
  }

  int count() {
    return started.size();
  }

  synchronized List<Process> all() {
    return List.copyOf(all);
  }
}
