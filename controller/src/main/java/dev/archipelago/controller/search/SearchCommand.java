package dev.archipelago.controller.search;

import akka.actor.typed.ActorRef;
import dev.archipelago.protocol.device.Capability;
import dev.archipelago.protocol.space.Task;
import dev.archipelago.protocol.trial.Outcome;
import dev.archipelago.protocol.trial.SearchId;
import dev.archipelago.protocol.trial.WorkerId;
import dev.archipelago.protocol.wire.ToController.Attempt;
import dev.archipelago.protocol.wire.ToWorker;
import dev.archipelago.protocol.wire.WireMessage;
import java.util.List;
import java.util.Set;

/** What is said to a {@link SearchEntity}. */
public sealed interface SearchCommand permits SearchCommand.FromOutside, SearchEntity.Internal {

  /** What may come from another node of the cluster. */
  sealed interface FromOutside extends SearchCommand, WireMessage {}

  /** Begins the search; nothing where it has begun already. Answered with its status. */
  record Start(SearchId id, String name, String spec, Task task, ActorRef<Answer> replyTo)
      implements FromOutside {}

  /**
   * Pauses, resumes or cancels. Answered with the status after it, or 409 if that is impossible.
   */
  record Control(Action action, ActorRef<Answer> replyTo) implements FromOutside {}

  enum Action {
    PAUSE,
    RESUME,
    CANCEL
  }

  /** Asks what is known. Answered with a JSON document. */
  record Ask(Question question, ActorRef<Answer> replyTo) implements FromOutside {}

  /**
   * The pool asks for a trial for a worker. Answered by Granted, NoWork or Unfit.
   *
   * @param capabilities of the worker's engine
   */
  record RequestLease(WorkerId worker, Set<Capability> capabilities, ActorRef<SearchNews> replyTo)
      implements FromOutside {
    public RequestLease {
      capabilities = Set.copyOf(capabilities);
    }
  }

  /**
   * Of the workers that the pool knows none may take the search's trials, and why; empty once one
   * may. Not answered.
   */
  record NoWorkerFits(String why) implements FromOutside {}

  /** The worker lives and holds these attempts of this search. Not answered. */
  record RenewLeases(WorkerId worker, List<Attempt> held, ActorRef<SearchNews> pool)
      implements FromOutside {
    public RenewLeases {
      held = List.copyOf(held);
    }
  }

  /** The worker's process has ended; its leases are lost. Not answered. */
  record WorkerGone(WorkerId worker) implements FromOutside {}

  /** An attempt's end. Answered by Acknowledged once it is in the journal, or by Busy. */
  record Reported(WorkerId worker, Outcome outcome, ActorRef<ToWorker> replyTo)
      implements FromOutside {}

  /** Proof that an attempt crashed its process. Answered by Acknowledged. */
  record Crashed(WorkerId worker, Attempt attempt, String evidence, ActorRef<ToWorker> replyTo)
      implements FromOutside {}

  /** Makes the entity live, and tells it where the pool is. Answered by Offer. */
  record Wake(ActorRef<SearchNews> pool) implements FromOutside {}

  /** An answer to a person: an HTTP status and a JSON document. */
  record Answer(int status, String json) implements WireMessage {}
}
