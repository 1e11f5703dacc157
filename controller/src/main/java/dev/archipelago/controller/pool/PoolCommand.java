package dev.archipelago.controller.pool;

import akka.actor.typed.ActorRef;
import dev.archipelago.controller.search.SearchCommand.Answer;
import dev.archipelago.protocol.trial.SearchId;
import dev.archipelago.protocol.wire.ToController;
import dev.archipelago.protocol.wire.WireMessage;

/** What is said to the {@link WorkPool}. */
public sealed interface PoolCommand extends WireMessage
    permits PoolCommand.FromWorker,
        PoolCommand.GetWorkers,
        PoolCommand.WorkerExited,
        PoolCommand.Discover,
        WorkPool.Internal {

  /** A worker's message, handed on by the gateway of the controller that it dialled. */
  record FromWorker(ToController message) implements PoolCommand {}

  /** Answered with the JSON document of {@code workers}. */
  record GetWorkers(ActorRef<Answer> replyTo) implements PoolCommand {}

  /** The process of the worker with this name is known to have ended. Not answered. */
  record WorkerExited(String name) implements PoolCommand {}

  /** There is a new search: wake it now, not at the next look at the table. Not answered. */
  record Discover(SearchId search) implements PoolCommand {}
}
