package dev.archipelago.controller;

import akka.actor.CoordinatedShutdown;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Props;
import akka.actor.typed.SpawnProtocol;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import akka.cluster.sharding.typed.javadsl.Entity;
import akka.cluster.typed.Cluster;
import akka.cluster.typed.ClusterSingleton;
import akka.cluster.typed.Join;
import akka.cluster.typed.SingletonActor;
import dev.archipelago.controller.api.HttpApi;
import dev.archipelago.controller.api.Service;
import dev.archipelago.controller.journal.JdbcStore;
import dev.archipelago.controller.journal.RecordedSpecs;
import dev.archipelago.controller.pool.PoolCommand;
import dev.archipelago.controller.pool.WorkPool;
import dev.archipelago.controller.pool.WorkerGateway;
import dev.archipelago.controller.search.SearchCommand;
import dev.archipelago.controller.search.SearchEntity;
import dev.archipelago.controller.search.SearchFold;
import dev.archipelago.controller.spec.DatasetProbe;
import dev.archipelago.controller.tabular.Table;
import dev.archipelago.controller.view.SearchDocuments;
import dev.archipelago.controller.weights.Collector;
import dev.archipelago.controller.weights.WeightFiles;
import dev.archipelago.protocol.trial.SearchId;
import dev.archipelago.protocol.weights.BlobDirectory;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.concurrent.ExecutionContext;

/** A running controller: cluster member, searches, pool, gateway, API. */
public final class ControllerProcess implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ControllerProcess.class);
  private static final Duration STOP_WITHIN = Duration.ofSeconds(10);
  private static final Duration COLLECT_EVERY = Duration.ofMinutes(1);

  private final ActorSystem<SpawnProtocol.Command> system;
  private final JdbcStore store;
  private final ActorRef<PoolCommand> pool;
  private final HttpApi api;
  private final ExecutorService blocking;
  private final Collector collector;

  /**
   * Starts everything; afterwards workers may dial and callers may call.
   *
   * @throws IllegalStateException if the database cannot be used or a port is taken
   */
  public static ControllerProcess start(ControllerSettings settings, DatasetProbe datasets) {
    JdbcStore store =
        new JdbcStore(settings.jdbcUrl(), settings.jdbcUser(), settings.jdbcPassword());
    try {
      return new ControllerProcess(settings, datasets, store);
    } catch (RuntimeException e) {
      store.close();
      throw e;
    }
  }

  private ControllerProcess(ControllerSettings settings, DatasetProbe datasets, JdbcStore store) {
    this.store = store;
    this.blocking = Executors.newFixedThreadPool(4, ControllerProcess::daemon);
    this.collector = new Collector(settings.weights(), store);
    this.system =
        ActorSystem.create(
            SpawnProtocol.create(), ClusterConfig.SYSTEM, ClusterConfig.of(settings));
    try {
      if (settings.members().isEmpty()) {
        Cluster cluster = Cluster.get(system);
        cluster.manager().tell(Join.create(cluster.selfMember().address()));
      }
      BiConsumer<SearchId, SearchCommand> searches = startSearches(settings);
      this.pool = startPool(settings, searches);
      system.tell(
          new SpawnProtocol.Spawn<>(
              WorkerGateway.create(pool, searches),
              WorkerGateway.NAME,
              Props.empty(),
              system.ignoreRef()));
      this.api =
          new HttpApi(
              settings.httpHost(),
              settings.httpPort(),
              settings.token(),
              new Service(system, pool, store, datasets, blocking, Clock.systemUTC()),
              new WeightFiles(settings.weights()),
              new WeightFiles(BlobDirectory.networks(settings.weights())));
      system
          .scheduler()
          .scheduleWithFixedDelay(
              Duration.ZERO,
              COLLECT_EVERY,
              collector::collect,
              ExecutionContext.fromExecutor(blocking));
    } catch (RuntimeException e) {
      system.terminate();
      throw e;
    }
  }

  private BiConsumer<SearchId, SearchCommand> startSearches(ControllerSettings settings) {
    SearchEntity.Surroundings around =
        new SearchEntity.Surroundings(
            new SearchFold(new RecordedSpecs()),
            new SearchDocuments(),
            store,
            settings.lease(),
            settings.heartbeat(),
            settings.leasesDieWithController(),
            file -> Table.read(Path.of(file)),
            Clock.systemUTC(),
            System::nanoTime);
    ClusterSharding sharding = ClusterSharding.get(system);
    sharding.init(
        Entity.of(
            SearchEntity.TYPE_KEY,
            context -> SearchEntity.create(new SearchId(context.getEntityId()), around)));
    return (id, command) -> sharding.entityRefFor(SearchEntity.TYPE_KEY, id.value()).tell(command);
  }

  private ActorRef<PoolCommand> startPool(
      ControllerSettings settings, BiConsumer<SearchId, SearchCommand> searches) {
    WorkPool.Surroundings around =
        new WorkPool.Surroundings(
            searches, store, settings.heartbeat(), blocking, System::nanoTime);
    return ClusterSingleton.get(system)
        .init(SingletonActor.of(WorkPool.create(around), "work-pool"));
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "controller-blocking");
    thread.setDaemon(true);
    return thread;
  }

  public int httpPort() {
    return api.port();
  }

  /** Where workers dial. */
  public int arteryPort() {
    return system.address().getPort().orElseThrow(() -> new IllegalStateException("no Artery"));
  }

  /** A child's exit was seen: its leases are lost at once, not when they run out. */
  public void workerGone(String workerName) {
    pool.tell(new PoolCommand.WorkerExited(workerName));
  }

  /** Completes when the actor system has ended, for whatever reason. */
  public CompletionStage<?> terminated() {
    return system.getWhenTerminated();
  }

  /** Leaves the cluster in order; what is in the journal stays resumable. */
  @Override
  public void close() {
    api.close();
    try {
      CoordinatedShutdown.get(system)
          .runAll(CoordinatedShutdown.jvmExitReason())
          .toCompletableFuture()
          .get(STOP_WITHIN.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("the controller did not stop in order: {}", e.toString());
    }
    store.finish();
    collector.collect(); // a process of one search leaves nothing of it
    store.close();
    blocking.shutdownNow();
  }
}
