package dev.archipelago.deploy.embedded;

import java.util.concurrent.CountDownLatch;

/**
 * A child that does nothing but what every child does: it says what it was told, and ends with its
 * parent. With the argument {@code die} it ends at once.
 */
final class TinyChild {
  private TinyChild() {}

  public static void main(String[] arguments) throws InterruptedException {
    if (arguments.length > 0 && arguments[0].equals("die")) {
      System.exit(7);
    }
    if (arguments.length > 0 && arguments[0].equals("refuse")) {
      System.exit(2);
    }
    System.out.println("up");
    ParentWatch.start(System.in, () -> Runtime.getRuntime().halt(0))
        .thenAccept(System.out::println);
    new CountDownLatch(1).await();
  }
}
