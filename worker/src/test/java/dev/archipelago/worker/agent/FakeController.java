package dev.archipelago.worker.agent;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import com.typesafe.config.ConfigFactory;
import dev.archipelago.protocol.wire.ToController;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** An actor system with a gateway where workers look for it; the test says what it answers. */
final class FakeController implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(30);

  private final BlockingQueue<ToController> heard = new LinkedBlockingQueue<>();
  private final ActorSystem<Void> system;

  FakeController(int port) {
    system =
        ActorSystem.create(
            Behaviors.setup(
                context -> {
                  context.spawn(gateway(), "worker-gateway");
                  return Behaviors.empty();
                }),
            "archipelago",
            ConfigFactory.parseString("akka.remote.artery.canonical.port = " + port)
                .withFallback(
                    ConfigFactory.parseString("akka.remote.artery.canonical.hostname = 127.0.0.1"))
                .withFallback(ConfigFactory.load("archipelago-worker")));
  }

  private Behavior<ToController> gateway() {
    return Behaviors.receiveMessage(
        message -> {
          heard.add(message);
          return Behaviors.same();
        });
  }

  /** The next message of this type; what comes before it is passed over. */
  <T extends ToController> T expect(Class<T> type) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      ToController message = heard.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      assertThat(message).as("a " + type.getSimpleName() + " in time").isNotNull();
      if (type.isInstance(message)) {
        return type.cast(message);
      }
    }
  }

  @Override
  public void close() throws Exception {
    system.terminate();
    system.getWhenTerminated().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }
}
