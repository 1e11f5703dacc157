package dev.archipelago.deploy.embedded;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A process with children, to be killed: prints their process ids once they are up. */
final class Parent {
  private Parent() {}

  public static void main(String[] arguments) throws Exception {
    TinyLauncher launcher = new TinyLauncher();
    Crew crew = new Crew(launcher, RestartPolicy.DEFAULT, name -> {}, System.err::println);
    crew.start(List.of("worker-1", "worker-2"));
    crew.keepSpare(Duration.ZERO);
    for (int i = 0; i < 3; i++) {
      TinyLauncher.Started child = launcher.next();
      child.line();
      System.out.println(child.process().pid());
    }
    new CountDownLatch(1).await();
  }
}
