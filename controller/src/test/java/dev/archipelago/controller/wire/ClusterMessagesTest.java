package dev.archipelago.controller.wire;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.typed.ActorRef;
import com.typesafe.config.ConfigFactory;
import dev.archipelago.controller.pool.PoolCommand;
import dev.archipelago.controller.search.Question;
import dev.archipelago.controller.search.SearchCommand;
import dev.archipelago.controller.search.SearchNews;
import dev.archipelago.controller.spec.Placement;
import dev.archipelago.protocol.device.Capability;
import dev.archipelago.protocol.device.DeviceKind;
import dev.archipelago.protocol.space.Shape;
import dev.archipelago.protocol.space.Task;
import dev.archipelago.protocol.trial.Outcome;
import dev.archipelago.protocol.trial.SearchId;
import dev.archipelago.protocol.trial.TrialFailure;
import dev.archipelago.protocol.trial.TrialId;
import dev.archipelago.protocol.trial.WorkerId;
import dev.archipelago.protocol.wire.ToController;
import dev.archipelago.protocol.wire.ToController.Attempt;
import dev.archipelago.protocol.wire.WireMessage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class ClusterMessagesTest {
  private static final ActorTestKit KIT =
      ActorTestKit.create(
          ConfigFactory.parseString("akka.actor.provider = local")
              .withFallback(ConfigFactory.load()));
  private static final SearchId SEARCH = new SearchId("20261124-a");
  private static final WorkerId WORKER = new WorkerId("one", "first");
  private static final Attempt ATTEMPT = new Attempt(new TrialId(SEARCH, 3), 2);

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  @Test
  void everyMessageBetweenControllersSurvivesTheWire() {
    for (WireMessage message : messages()) {
      KIT.serializationTestKit().verifySerialization(message, true);
    }
  }

  @Test
  void thereIsAFixtureForEveryMessage() {
    List<Class<?>> fixtures = new ArrayList<>();
    messages().forEach(message -> fixtures.add(message.getClass()));
    Stream.of(SearchCommand.FromOutside.class, SearchNews.class, PoolCommand.class)
        .flatMap(type -> Arrays.stream(type.getPermittedSubclasses()))
        .filter(type -> !type.isInterface())
        // An assignment's form is tested with the worker's messages.
        .filter(type -> type != SearchNews.Granted.class)
        .forEach(type -> assertThat(fixtures).contains(type));
  }

  private static List<WireMessage> messages() {
    List<WireMessage> messages = new ArrayList<>();
    messages.add(
        new SearchCommand.Start(
            SEARCH, "name", "spec: yes", new Task(new Shape(1, 2, 3), 4), someone()));
    for (SearchCommand.Action action : SearchCommand.Action.values()) {
      messages.add(new SearchCommand.Control(action, someone()));
    }
    for (Question question :
        List.of(
            new Question.Status(),
            new Question.Best(),
            new Question.Spec(),
            new Question.Trials("search", "final", "FAILED", 3, 7))) {
      messages.add(new SearchCommand.Ask(question, someone()));
    }
    messages.add(new SearchCommand.RequestLease(WORKER, Set.of(Capability.values()), someone()));
    messages.add(new SearchCommand.RenewLeases(WORKER, List.of(ATTEMPT), someone()));
    messages.add(new SearchCommand.WorkerGone(WORKER));
    messages.add(
        new SearchCommand.Reported(
            WORKER,
            new Outcome.Failed(
                ATTEMPT.trial(),
                2,
                new TrialFailure(TrialFailure.Category.DATA, true, "no such file")),
            someone()));
    messages.add(new SearchCommand.Crashed(WORKER, ATTEMPT, "SIGSEGV", someone()));
    messages.add(new SearchCommand.Wake(someone()));
    messages.add(new SearchCommand.Answer(404, "{}"));
    messages.add(new SearchNews.NoWork(SEARCH, WORKER, "waits"));
    messages.add(new SearchCommand.NoWorkerFits("it wants cuda"));
    messages.add(new SearchNews.Unfit(SEARCH, WORKER, "runs no supernets"));
    messages.add(new SearchNews.Offer(SEARCH, true, 3, false, Placement.ANY));
    messages.add(
        new SearchNews.Offer(
            SEARCH,
            false,
            0,
            true,
            new Placement(
                Optional.of(DeviceKind.CUDA),
                Optional.of("H200"),
                8L << 30,
                Optional.of("torch"))));
    messages.add(new SearchNews.CancelAttempt(WORKER, ATTEMPT));
    messages.add(
        new PoolCommand.FromWorker(
            new ToController.Heartbeat(
                WORKER, List.of(ATTEMPT), Optional.empty(), Optional.empty(), someone())));
    messages.add(new PoolCommand.GetWorkers(someone()));
    messages.add(new PoolCommand.WorkerExited("one"));
    messages.add(new PoolCommand.Discover(SEARCH));
    return messages;
  }

  private static <T> ActorRef<T> someone() {
    return KIT.<T>createTestProbe().getRef();
  }
}
