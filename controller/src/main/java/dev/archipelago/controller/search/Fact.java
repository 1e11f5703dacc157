package dev.archipelago.controller.search;

import dev.archipelago.protocol.space.Architecture;
import dev.archipelago.protocol.space.Task;
import dev.archipelago.protocol.trial.Arm;
import dev.archipelago.protocol.trial.Measurement;
import dev.archipelago.protocol.trial.Round;
import dev.archipelago.protocol.trial.SearchId;
import dev.archipelago.protocol.trial.Stage;
import dev.archipelago.protocol.trial.TrialFailure;
import dev.archipelago.protocol.trial.WorkerId;
import java.time.Instant;
import java.util.Optional;
import org.pcollections.PSortedMap;

/**
 * Something that happened in a search. What is in the journal is the truth; all else is a fold of
 * it.
 *
 * <p>A fact carries every number the fold needs: folding reads no clock, no configuration and no
 * chance.
 */
public sealed interface Fact {

  /** The search exists. Always the first fact, and only the first. */
  record Started(SearchId id, String name, String spec, Task task, Instant at) implements Fact {}

  /**
   * A trial was proposed and, in the same moment, leased for the first time.
   *
   * @param exhausted whether its strategy had nothing more to propose when this was decided
   * @param round what it does on shared weights; its architecture is then the one that the policy
   *     would have settled for when it was asked
   * @param told how many of the search's first trials the strategies had been told of when it was
   *     asked
   */
  record Proposed(
      int number,
      Arm arm,
      Stage stage,
      Architecture architecture,
      Optional<Round> round,
      Lineage lineage,
      boolean exhausted,
      int told,
      WorkerId worker)
      implements Fact {}

  /** A proposal breaks a limit of the spec: it has a number and is never trained. */
  record Rejected(int number, Arm arm, Architecture architecture, int told, String reason)
      implements Fact {}

  /** A trial whose lease was lost was leased again. */
  record Leased(int number, int attempt, WorkerId worker) implements Fact {}

  /** A lease ended without an outcome; the trial waits for another worker. */
  record LeaseLost(int number, int attempt, LossCause cause) implements Fact {}

  /** The engine's native code killed the process that ran this attempt: counts towards poison. */
  record Crashed(int number, int attempt, String evidence) implements Fact {}

  /** The first valid result of any attempt. */
  record Completed(int number, int attempt, Measurement measurement) implements Fact {}

  /** The trial failed for good; its strategy is told. */
  record Failed(int number, int attempt, TrialFailure failure) implements Fact {}

  /** The test images are about to be read, by this trial, for the one network of its arm. */
  record TestRead(int number, int attempt) implements Fact {}

  /** No more trials of the stage will be proposed, and all of them are over. */
  record StageEnded(Stage stage, String reason) implements Fact {}

  /** Workers get no more of its trials until it is resumed. */
  record Paused() implements Fact {}

  record Resumed() implements Fact {}

  /** Ended by a person. Its open trials are cancelled. */
  record Cancelled() implements Fact {}

  /**
   * Ended with a winner.
   *
   * @param comparison of the winner with the random baseline's
   * @param references comparisons of the winner with published networks, by their names
   */
  record Finished(Optional<Comparison> comparison, PSortedMap<String, Comparison> references)
      implements Fact {}

  /** Ended without one, since it cannot go on. */
  record Broken(String reason) implements Fact {}

  /** Why a lease was lost. */
  enum LossCause {
    /** Not renewed in time. */
    EXPIRED,
    /** The process is known to have ended, or does not hold the attempt. */
    WORKER_GONE,
    /** The engine's native code killed the process. */
    ENGINE_CRASH,
    /** The worker failed in a way that another attempt may not. */
    RETRY,
    /** The controller that the worker was a child of ended. */
    CONTROLLER_ENDED
  }
}
