package dev.archipelago.controller.pool;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import dev.archipelago.controller.search.SearchCommand;
import dev.archipelago.protocol.trial.SearchId;
import dev.archipelago.protocol.wire.ToController;
import java.util.function.BiConsumer;

/**
 * Where workers knock: reports go straight to their search, all else to the pool. One on every
 * controller, at {@code /user/worker-gateway}; it has no state.
 */
public final class WorkerGateway {
  /** Its name, part of the address that workers dial. */
  public static final String NAME = "worker-gateway";

  private WorkerGateway() {}

  public static Behavior<ToController> create(
      ActorRef<PoolCommand> pool, BiConsumer<SearchId, SearchCommand> searches) {
    return Behaviors.receive(ToController.class)
        .onMessage(
            ToController.Report.class,
            report -> {
              searches.accept(
                  report.outcome().trial().search(),
                  new SearchCommand.Reported(report.worker(), report.outcome(), report.replyTo()));
              return Behaviors.same();
            })
        .onMessage(
            ToController.EngineCrashed.class,
            crashed -> {
              searches.accept(
                  crashed.attempt().trial().search(),
                  new SearchCommand.Crashed(
                      crashed.worker(), crashed.attempt(), crashed.evidence(), crashed.replyTo()));
              return Behaviors.same();
            })
        .onMessage(
            ToController.class,
            message -> {
              pool.tell(new PoolCommand.FromWorker(message));
              return Behaviors.same();
            })
        .build();
  }
}
