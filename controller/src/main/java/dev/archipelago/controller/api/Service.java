package dev.archipelago.controller.api;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.AskPattern;
import akka.cluster.MemberStatus;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import akka.cluster.sharding.typed.javadsl.EntityRef;
import akka.cluster.typed.Cluster;
import dev.archipelago.controller.pool.PoolCommand;
import dev.archipelago.controller.search.Errors;
import dev.archipelago.controller.search.Question;
import dev.archipelago.controller.search.SearchCommand;
import dev.archipelago.controller.search.SearchCommand.Answer;
import dev.archipelago.controller.search.SearchEntity;
import dev.archipelago.controller.search.SearchRegistry;
import dev.archipelago.controller.spec.DatasetProbe;
import dev.archipelago.controller.spec.SearchSpec;
import dev.archipelago.controller.spec.SpecParser;
import dev.archipelago.controller.spec.SpecWriter;
import dev.archipelago.protocol.text.EditDistance;
import dev.archipelago.protocol.trial.SearchId;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;

/** What the API does, without HTTP: finds the right search or the pool, and asks it. */
public final class Service {
  private static final int NAMES_SHOWN = 3;
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);

  private final ActorSystem<?> system;
  private final ClusterSharding sharding;
  private final ActorRef<PoolCommand> pool;
  private final SearchRegistry registry;
  private final DatasetProbe datasets;
  private final Executor blocking;
  private final SearchIds ids;

  /**
   * @param blocking where the registry and data sets may be read
   */
  public Service(
      ActorSystem<?> system,
      ActorRef<PoolCommand> pool,
      SearchRegistry registry,
      DatasetProbe datasets,
      Executor blocking,
      Clock clock) {
    this.system = system;
    this.sharding = ClusterSharding.get(system);
    this.pool = pool;
    this.registry = registry;
    this.datasets = datasets;
    this.blocking = blocking;
    this.ids = new SearchIds(clock);
  }

  CompletionStage<Answer> ready() {
    boolean up = Cluster.get(system).selfMember().status() == MemberStatus.up();
    return CompletableFuture.completedFuture(
        up
            ? new Answer(200, "{\"status\":\"ready\"}")
            : new Answer(503, Errors.json("the controller has not joined its cluster yet")));
  }

  /** Refuses a bad spec by an exception, before anything is started. */
  CompletionStage<Answer> submit(
      String yaml, String file, List<String> overrides, Optional<String> name) {
    return CompletableFuture.supplyAsync(
            () -> register(SpecParser.parse(yaml, file, overrides, datasets), name), blocking)
        .thenCompose(this::start);
  }

  private record Submission(SearchId id, String name, String spec, SearchSpec parsed) {}

  private Submission register(SearchSpec spec, Optional<String> name) {
    Submission submission =
        new Submission(ids.next(), name.orElse(spec.name()), SpecWriter.write(spec), spec);
    registry.register(
        submission.id(), NewSearchDocument.of(submission.id(), submission.name(), spec).toString());
    return submission;
  }

  private CompletionStage<Answer> start(Submission submission) {
    CompletionStage<Answer> answer =
        search(submission.id())
            .ask(
                replyTo ->
                    new SearchCommand.Start(
                        submission.id(),
                        submission.name(),
                        submission.spec(),
                        submission.parsed().dataset().task(),
                        replyTo),
                ANSWER_WITHIN);
    return answer.thenApply(
        started -> {
          pool.tell(new PoolCommand.Discover(submission.id()));
          return started.status() == 200 ? new Answer(201, started.json()) : started;
        });
  }

  CompletionStage<Answer> list() {
    return CompletableFuture.supplyAsync(
        () ->
            new Answer(
                200,
                registry.all().stream()
                    .map(SearchRegistry.Entry::summary)
                    .collect(Collectors.joining(",", "{\"searches\":[", "]}"))),
        blocking);
  }

  CompletionStage<Answer> workers() {
    return AskPattern.ask(pool, PoolCommand.GetWorkers::new, ANSWER_WITHIN, system.scheduler());
  }

  CompletionStage<Answer> ask(String id, Question question) {
    return known(
        id,
        search -> search.ask(replyTo -> new SearchCommand.Ask(question, replyTo), ANSWER_WITHIN));
  }

  CompletionStage<Answer> control(String id, SearchCommand.Action action) {
    return known(
        id,
        search -> {
          CompletionStage<Answer> answer =
              search.ask(replyTo -> new SearchCommand.Control(action, replyTo), ANSWER_WITHIN);
          return answer.thenApply(
              done -> {
                pool.tell(new PoolCommand.Discover(new SearchId(id)));
                return done;
              });
        });
  }

  /** Sends to a search that the table knows; of any other, says which are near. */
  private CompletionStage<Answer> known(
      String id,
      java.util.function.Function<EntityRef<SearchCommand>, CompletionStage<Answer>> ask) {
    return CompletableFuture.supplyAsync(
            () -> SearchId.of(id).flatMap(registry::find).map(SearchRegistry.Entry::id), blocking)
        .thenCompose(
            found ->
                found.isPresent()
                    ? ask.apply(search(found.get()))
                    : CompletableFuture.supplyAsync(() -> unknown(id), blocking));
  }

  /** Blocks. Why a search gets no more weights: nobody knows it, or it needs none. */
  Optional<Answer> refusesWeights(SearchId id) {
    Optional<SearchRegistry.Entry> entry = registry.find(id);
    if (entry.isEmpty()) {
      return Optional.of(unknown(id.value()));
    }
    return entry
        .filter(known -> known.status().isOver())
        .map(
            over -> new Answer(409, Errors.json("search " + id + " is over: it needs no weights")));
  }

  private Answer unknown(String id) {
    List<String> all = registry.all().stream().map(entry -> entry.id().value()).toList();
    List<String> nearest = nearest(id, all);
    String hint =
        all.isEmpty() ? "there are no searches yet" : "the nearest: " + String.join(", ", nearest);
    return new Answer(404, Errors.json("no search is called " + id + "; " + hint));
  }

  private static List<String> nearest(String name, List<String> known) {
    return known.stream()
        .sorted(Comparator.comparingInt(other -> EditDistance.between(name, other)))
        .limit(NAMES_SHOWN)
        .toList();
  }

  private EntityRef<SearchCommand> search(SearchId id) {
    return sharding.entityRefFor(SearchEntity.TYPE_KEY, id.value());
  }
}
