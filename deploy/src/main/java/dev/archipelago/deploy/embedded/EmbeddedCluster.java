package dev.archipelago.deploy.embedded;

import dev.archipelago.deploy.client.ApiClient;
import dev.archipelago.deploy.client.Endpoint;
import dev.archipelago.deploy.settings.DataDirectory;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * A controller in this process and workers as its children, on a data directory that this process
 * holds.
 *
 * <p>The workers' processes start at once, beside the controller, but get no work before {@link
 * #letWorkersJoin}.
 */
public final class EmbeddedCluster implements AutoCloseable {
  private static final int FAREWELL_MILLIS = 1200;

  /** A process that only stands by takes 350 MB. */
  private static final long ENOUGH_FOR_SPARE = 4L << 30;

  private static final Duration SPARE_DELAY = Duration.ofSeconds(4);

  private final Tenancy.Mine tenancy;
  private final Crew crew;
  private final RunningController controller;
  private final ApiClient client;
  private final Plan plan;
  private final AtomicBoolean closed = new AtomicBoolean();

  private EmbeddedCluster(
      Tenancy.Mine tenancy, Crew crew, RunningController controller, Plan plan) {
    this.tenancy = tenancy;
    this.crew = crew;
    this.controller = controller;
    this.client = new ApiClient(controller.endpoint());
    this.plan = plan;
  }

  /**
   * What to start.
   *
   * @param childMainClass what workers run
   */
  public record Plan(DataDirectory directory, String childMainClass, Staff staff) {}

  /**
   * Returns when the controller answers.
   *
   * @param notices are for the user
   */
  public static EmbeddedCluster start(
      Tenancy.Mine tenancy, Plan plan, ControllerStarter starter, Consumer<String> notices) {
    AtomicReference<RunningController> controller = new AtomicReference<>();
    Crew crew =
        new Crew(
            new WorkerCommand(plan.directory(), plan.childMainClass(), plan.staff()),
            RestartPolicy.DEFAULT,
            name -> {
              RunningController running = controller.get();
              if (running != null) {
                running.workerGone(name);
              }
            },
            notices);
    crew.start(IntStream.rangeClosed(1, plan.staff().workers()).mapToObj(Staff::name).toList());
    try {
      RunningController started = starter.start(plan.directory(), newToken());
      controller.set(started);
      EmbeddedCluster cluster = new EmbeddedCluster(tenancy, crew, started, plan);
      if (plan.staff().workers() > 0) {
        // Nobody should submit to a controller without workers.
        tenancy.publish(cluster.endpoint());
      }
      // A process that is told to end (SIGTERM, the terminal closed) ends in good order too.
      Runtime.getRuntime().addShutdownHook(new Thread(cluster::close, "cluster-close"));
      return cluster;
    } catch (RuntimeException | Error e) {
      crew.close();
      RunningController running = controller.get();
      if (running != null) {
        running.close();
      }
      throw e;
    }
  }

  public void letWorkersJoin() {
    crew.join(controller.gateway().toString());
    // A spare does not know whose device it would get, and a GPU's memory is not for who waits.
    boolean spare = plan.staff().workers() > 0 && !plan.staff().isOnGpus();
    if (spare && Memory.physicalBytes() >= ENOUGH_FOR_SPARE) {
      crew.keepSpare(SPARE_DELAY);
    }
  }

  public Endpoint endpoint() {
    return controller.endpoint();
  }

  public ApiClient client() {
    return client;
  }

  public Staff staff() {
    return plan.staff();
  }

  /** Workers first, then the controller, within two seconds; the journal stays as it is. */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    crew.close();
    try {
      CompletableFuture.runAsync(controller::close, task -> daemon(task).start())
          .get(FAREWELL_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      // The process ends anyway, and what matters is in the journal.
    }
    tenancy.close();
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "controller-close");
    thread.setDaemon(true);
    return thread;
  }

  private static String newToken() {
    byte[] bytes = new byte[24];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
