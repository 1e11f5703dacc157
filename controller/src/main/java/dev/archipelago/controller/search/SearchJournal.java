package dev.archipelago.controller.search;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import akka.persistence.typed.PersistenceId;
import akka.persistence.typed.RecoveryCompleted;
import akka.persistence.typed.javadsl.CommandHandler;
import akka.persistence.typed.javadsl.EventHandler;
import akka.persistence.typed.javadsl.EventSourcedBehavior;
import akka.persistence.typed.javadsl.RetentionCriteria;
import akka.persistence.typed.javadsl.SignalHandler;
import dev.archipelago.protocol.trial.SearchId;

/**
 * Writes one search's commits and folds them. It decides nothing: {@link SearchEntity} does, on the
 * state that it is sent from here.
 *
 * <p>Where a write or the recovery fails, the actor fails; its parent sees why and spawns another,
 * which reads the journal anew, since nobody knows whether the failed write reached the disk.
 */
final class SearchJournal extends EventSourcedBehavior<SearchJournal.Persist, Commit, SearchState> {
  private static final int COMMITS_PER_SNAPSHOT = 200;
  private static final int SNAPSHOTS_KEPT = 2;

  /** Writes a commit; the parent is sent the state after it. */
  record Persist(Commit commit) {}

  private final SearchFold fold;
  private final ActorRef<? super SearchEntity.Internal> parent;

  static Behavior<Persist> create(
      SearchId id, SearchFold fold, ActorRef<? super SearchEntity.Internal> parent) {
    return Behaviors.setup(context -> new SearchJournal(id, fold, parent));
  }

  private SearchJournal(
      SearchId id, SearchFold fold, ActorRef<? super SearchEntity.Internal> parent) {
    super(PersistenceId.of("search", id.value()));
    this.fold = fold;
    this.parent = parent;
  }

  @Override
  public SearchState emptyState() {
    return SearchState.EMPTY;
  }

  @Override
  public CommandHandler<Persist, Commit, SearchState> commandHandler() {
    return newCommandHandlerBuilder().forAnyState().onCommand(Persist.class, this::persist).build();
  }

  private akka.persistence.typed.javadsl.Effect<Commit, SearchState> persist(Persist command) {
    return Effect()
        .persist(command.commit())
        .thenRun(state -> parent.tell(new SearchEntity.Persisted(state.search().orElseThrow())));
  }

  @Override
  public EventHandler<SearchState, Commit> eventHandler() {
    return (state, commit) -> new SearchState(fold.apply(state.search(), commit));
  }

  @Override
  public RetentionCriteria retentionCriteria() {
    return RetentionCriteria.snapshotEvery(COMMITS_PER_SNAPSHOT, SNAPSHOTS_KEPT);
  }

  @Override
  public SignalHandler<SearchState> signalHandler() {
    return newSignalHandlerBuilder()
        .onSignal(
            RecoveryCompleted.instance(),
            state -> parent.tell(new SearchEntity.Recovered(state.search())))
        .build();
  }
}
