package dev.archipelago.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.typed.ActorRef;
import akka.serialization.Serialization;
import akka.serialization.SerializationExtension;
import dev.archipelago.protocol.random.SplitMix64;
import dev.archipelago.protocol.space.Layer;
import dev.archipelago.protocol.space.NetworkPlan;
import dev.archipelago.protocol.space.PlanBuilder;
import dev.archipelago.protocol.trial.Assignment;
import dev.archipelago.protocol.trial.DatasetRef;
import dev.archipelago.protocol.trial.Evaluation;
import dev.archipelago.protocol.trial.Outcome;
import dev.archipelago.protocol.trial.Training;
import dev.archipelago.protocol.trial.TrialFailure;
import dev.archipelago.protocol.trial.TrialFailure.Category;
import java.io.IOException;
import java.io.InputStream;
import java.io.NotSerializableException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Everything goes through Akka's own look-up, so that the configuration is tested too. */
class WireSerializerTest {
  private static ActorTestKit kit;
  private static WireSerializer serializer;
  private static List<WireMessage> messages;

  @BeforeAll
  static void start() throws NotSerializableException {
    kit = ActorTestKit.create();
    Serialization serialization = SerializationExtension.get(kit.system());
    serializer = (WireSerializer) serialization.findSerializerFor(new ToWorker.SayHello());
    ActorRef<ToWorker> worker = kit.<ToWorker>createTestProbe("worker").ref();
    messages = new ArrayList<>(Fixtures.toController(worker));
    messages.addAll(Fixtures.toWorker());
  }

  @AfterAll
  static void stop() {
    kit.shutdownTestKit();
  }

  @Test
  void bringsBackEveryMessage() throws NotSerializableException {
    for (WireMessage message : messages) {
      assertThat(decode(serializer.manifest(message), serializer.toBinary(message)))
          .isEqualTo(message);
    }
  }

  @Test
  void hasAnExampleOfEveryMessage() {
    Stream<Class<?>> declared =
        Stream.of(ToController.class, ToWorker.class)
            .flatMap(side -> Arrays.stream(side.getPermittedSubclasses()));
    assertThat(Fixtures.types(messages.stream()))
        .containsExactlyInAnyOrderElementsOf(declared.toList());
  }

  @Test
  void namesEveryMessageWithItsVersion() {
    assertThat(messages.stream().map(serializer::manifest))
        .allMatch(manifest -> manifest.matches("[A-Z][A-Za-z]+/[1-9][0-9]*"));
  }

  @Test
  void refusesAnUnknownManifestByName() {
    assertThatThrownBy(() -> serializer.fromBinary(new byte[0], "Teleport/9"))
        .isInstanceOf(NotSerializableException.class)
        .hasMessageContaining("\"Teleport/9\"");
  }

  @Test
  void refusesAMessageTooLargeForTheWire() {
    TrialFailure failure = new TrialFailure(Category.DATA, false, "x".repeat(200_001));
    Outcome outcome = new Outcome.Failed(Fixtures.TRIAL, 1, failure);
    ActorRef<ToWorker> worker = kit.<ToWorker>createTestProbe().ref();
    assertThatThrownBy(
            () -> serializer.toBinary(new ToController.Report(Fixtures.WORKER, outcome, worker)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching("Report/1 has 2\\d{5} bytes, at most 200000 .*");
  }

  @Test
  void refusesMessagesThatLackAField() {
    for (WireMessage message : messages) {
      if (!(message instanceof ToWorker.SayHello)) {
        assertThatThrownBy(() -> serializer.fromBinary(new byte[0], serializer.manifest(message)))
            .as(message.toString())
            .isInstanceOf(IllegalArgumentException.class);
      }
    }
  }

  /** Bytes from the network may be anything: what cannot be read ends as one of two exceptions. */
  @Test
  void survivesTruncatedAndFlippedBytes() {
    SplitMix64 random = new SplitMix64(1);
    int refused = 0;
    for (int round = 0; round < 4000; round++) {
      WireMessage message = messages.get(random.nextInt(messages.size()));
      byte[] bytes = serializer.toBinary(message);
      if (bytes.length == 0) {
        continue;
      }
      if (random.nextBoolean()) {
        bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
      }
      for (int flips = random.nextInt(8); flips > 0 && bytes.length > 0; flips--) {
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
      }
      try {
        decode(serializer.manifest(message), bytes);
      } catch (IllegalArgumentException | NotSerializableException e) {
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(1000);
  }

  /** Bytes of release 0.1.0; never edited, since a rolling upgrade meets them. */
  @Test
  void readsAnAssignmentOfTheFirstRelease() throws IOException {
    try (InputStream golden = getClass().getResourceAsStream("/golden/assign-1.hex")) {
      String hex = new String(golden.readAllBytes(), StandardCharsets.US_ASCII);
      byte[] bytes = HexFormat.of().parseHex(hex.replaceAll("\\s", ""));
      Assignment whole = ofTheFirstRelease();
      assertThat(decode("Assign/1", bytes)).isEqualTo(new ToWorker.Assign(whole));
    }
  }

  @Test
  void leavesNoWayForJavaSerialization() {
    Serializable stranger = new Serializable() {};
    Serialization serialization = SerializationExtension.get(kit.system());
    assertThat(serialization.serialize(stranger).isFailure()).isTrue();
  }

  @Test
  void keepsAssignmentsOfLargePlansUnderTheLimit() {
    PlanBuilder plan = new PlanBuilder(Fixtures.TASK.input());
    int last = plan.input();
    for (int i = 0; i < 2000; i++) {
      last = plan.add("cell_19/node_3/left/second/relu_" + i, new Layer.Relu(), last);
    }
    NetworkPlan large = plan.classifier(last, 4);
    Assignment small = Fixtures.assignment();
    Assignment assignment =
        new Assignment(
            small.trial(),
            small.attempt(),
            small.stage(),
            large,
            small.dataset(),
            small.split(),
            small.evaluation(),
            small.training(),
            small.profiling(),
            small.seed());
    assertThat(serializer.toBinary(new ToWorker.Assign(assignment)).length).isLessThan(150_000);
  }

  /** It said neither how to evaluate nor what an example is. */
  private static Assignment ofTheFirstRelease() {
    Assignment any = Fixtures.assignment();
    DatasetRef dataset = any.dataset();
    return new Assignment(
        any.trial(),
        any.attempt(),
        any.stage(),
        Fixtures.firstPlan(), // whose layers are all that the first release knew
        new DatasetRef(dataset.name(), dataset.path(), dataset.task(), dataset.limit()),
        any.split(),
        new Evaluation.Train(9),
        inFloat32(any.training()),
        any.profiling(),
        any.seed());
  }

  /** The first release knew no other precision. */
  private static Training inFloat32(Training training) {
    return new Training(
        training.epochs(),
        training.batchSize(),
        training.learningRate(),
        training.momentum(),
        training.weightDecay(),
        training.gradientClip(),
        training.augmentation(),
        training.threads());
  }

  private static Object decode(String manifest, byte[] bytes) throws NotSerializableException {
    return serializer.fromBinary(bytes, manifest);
  }
}
