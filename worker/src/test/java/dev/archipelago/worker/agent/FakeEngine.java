package dev.archipelago.worker.agent;

import dev.archipelago.protocol.space.NetworkPlan;
import dev.archipelago.protocol.trial.Proxy;
import dev.archipelago.worker.engine.Batch;
import dev.archipelago.worker.engine.Engine;
import dev.archipelago.worker.engine.Network;
import dev.archipelago.worker.engine.SoftmaxRegression;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** An engine that trains a dense layer whatever the plan says, and counts what it does. */
final class FakeEngine implements Engine {
  private final AtomicInteger open = new AtomicInteger();
  private @Nullable Throwable trouble;
  private final CountDownLatch closed = new CountDownLatch(1);

  /** Every step throws this from now on. */
  void failWith(Throwable error) {
    trouble = error;
  }

  /** Networks that were compiled and not closed. */
  int open() {
    return open.get();
  }

  /** Waits for it, since another thread closes. */
  boolean isClosed() throws InterruptedException {
    return closed.await(10, TimeUnit.SECONDS);
  }

  @Override
  public String name() {
    return "fake";
  }

  @Override
  public String device() {
    return "cpu";
  }

  @Override
  public Network compile(NetworkPlan plan, long seed, int threads) {
    open.incrementAndGet();
    return new FakeNetwork(plan);
  }

  @Override
  public void close() {
    closed.countDown();
  }

  private final class FakeNetwork extends SoftmaxRegression {
    FakeNetwork(NetworkPlan plan) {
      super(Math.toIntExact(plan.input().elements()), plan.classes());
    }

    @Override
    public double step(Batch batch, Sgd sgd) {
      if (trouble instanceof Error error) {
        throw error;
      } else if (trouble instanceof RuntimeException exception) {
        throw exception;
      }
      return super.step(batch, sgd);
    }

    /** The number of examples that it is shown. */
    @Override
    public double score(Proxy proxy, Batch batch) {
      return batch.size();
    }

    @Override
    public void close() {
      open.decrementAndGet();
      super.close();
    }
  }
}
