package dev.archipelago.controller.search;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A commit in the making: the state after its facts, and who waits for it. */
final class Step {
  private final SearchFold fold;
  private final Duration running;
  private final RunningClock.Moment begun;
  private @Nullable Search state;
  private @Nullable SearchCommand rest;
  private final List<Fact> facts = new ArrayList<>();
  private final List<SearchCommand> commands = new ArrayList<>();
  private final List<Runnable> replies = new ArrayList<>();

  /**
   * @param state as journalled; null before the first commit
   * @param running how long the search has run by now
   * @param begun now
   */
  Step(SearchFold fold, @Nullable Search state, Duration running, RunningClock.Moment begun) {
    this.fold = fold;
    this.state = state;
    this.running = running;
    this.begun = begun;
  }

  /** How long the search had run when this was begun. */
  Duration running() {
    return running;
  }

  /** Whether anything has begun. */
  boolean isOfASearch() {
    return state != null;
  }

  RunningClock.Moment begun() {
    return begun;
  }

  /** After the facts so far. */
  Search state() {
    return requireNonNull(state, "nothing has begun");
  }

  List<Fact> facts() {
    return facts;
  }

  /** What the facts come from: to be decided again if the write fails. */
  List<SearchCommand> commands() {
    return commands;
  }

  boolean isFull() {
    return facts.size() >= Commit.CAPACITY;
  }

  void took(SearchCommand command) {
    commands.add(command);
  }

  void add(Fact fact) {
    state = fold.apply(Optional.ofNullable(state), fact);
    facts.add(fact);
  }

  void add(List<Fact> more) {
    more.forEach(this::add);
  }

  /** Runs once the facts are in the journal. */
  void reply(Runnable reply) {
    replies.add(reply);
  }

  void sendReplies() {
    replies.forEach(Runnable::run);
  }

  /** The command that was taken last goes on in the next commit. */
  void postpone(SearchCommand command) {
    rest = command;
    commands.remove(commands.size() - 1);
  }

  Optional<SearchCommand> postponed() {
    return Optional.ofNullable(rest);
  }

  /** What follows from the state alone. */
  void settle() {
    while (state != null && !isFull()) {
      Optional<Fact> fact = Planner.settle(state, running);
      if (fact.isEmpty()) {
        return;
      }
      add(fact.get());
    }
  }
}
