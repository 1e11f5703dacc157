package dev.archipelago.controller.pool;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.ManualTime;
import akka.actor.typed.ActorRef;
import dev.archipelago.controller.pool.PoolUnderTest.Sent;
import dev.archipelago.controller.search.SearchCommand;
import dev.archipelago.controller.search.SearchNews;
import dev.archipelago.controller.spec.Placement;
import dev.archipelago.protocol.device.Capability;
import dev.archipelago.protocol.device.Device;
import dev.archipelago.protocol.device.DeviceKind;
import dev.archipelago.protocol.device.DeviceReading;
import dev.archipelago.protocol.trial.SearchId;
import dev.archipelago.protocol.trial.WorkerId;
import dev.archipelago.protocol.wire.ProtocolVersion;
import dev.archipelago.protocol.wire.ToController;
import dev.archipelago.protocol.wire.ToController.WorkerDescription;
import dev.archipelago.protocol.wire.ToWorker;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Two GPUs of different memory and two CPUs, and searches that may use some of them. */
class MixedFleetTest {
  private static final ActorTestKit KIT = PoolUnderTest.kit();
  private static final ManualTime TIME = ManualTime.get(KIT.system());
  private static final long GIB = 1L << 30;

  /** The oldest first. */
  private static final SearchId ANY = new SearchId("20261124-any");

  private static final SearchId GPU = new SearchId("20261125-gpu");
  private static final SearchId LARGE = new SearchId("20261126-large");
  private static final SearchId OTHER = new SearchId("20261127-other");

  private static final Placement CUDA =
      new Placement(Optional.of(DeviceKind.CUDA), Optional.empty(), 0, Optional.empty());
  private static final Placement LARGE_CUDA =
      new Placement(Optional.of(DeviceKind.CUDA), Optional.empty(), 64 * GIB, Optional.empty());

  private static final Map<String, Device> DEVICES =
      Map.of(
          "h200", Device.of("cuda:0", "NVIDIA H200", 139 * GIB),
          "rtx", Device.of("cuda:0", "NVIDIA GeForce RTX 4090", 24 * GIB),
          "cpu-1", Device.of("cpu", "AMD EPYC 9654", 128 * GIB),
          "cpu-2", Device.of("cpu", "AMD EPYC 9654", 128 * GIB));

  private final PoolUnderTest pool = new PoolUnderTest(KIT, List.of());

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  @Test
  void everySearchGetsTheWorkersThatItCanUse() {
    offer(ANY, Placement.ANY);
    offer(GPU, CUDA);
    offer(LARGE, LARGE_CUDA);
    DEVICES.keySet().stream().sorted().forEach(this::join);

    pull("cpu-1", 1);
    assertThat(asked()).isEqualTo(Map.entry(ANY, "cpu-1"));
    pull("cpu-2", 1);
    assertThat(asked()).isEqualTo(Map.entry(ANY, "cpu-2"));
    pull("rtx", 1);
    assertThat(asked()).isEqualTo(Map.entry(GPU, "rtx"));
    pull("h200", 1);
    assertThat(asked()).isEqualTo(Map.entry(LARGE, "h200"));
  }

  @Test
  void theShareIsFairAmongThoseThatFit() {
    offer(LARGE, LARGE_CUDA);
    offer(OTHER, LARGE_CUDA);
    offer(ANY, Placement.ANY);
    join("h200");

    pull("h200", 6);

    List<SearchId> got =
        List.of(
            asked().getKey(),
            asked().getKey(),
            asked().getKey(),
            asked().getKey(),
            asked().getKey(),
            asked().getKey());
    assertThat(got).containsExactly(LARGE, OTHER, ANY, LARGE, OTHER, ANY);
  }

  @Test
  void aWorkerThatFitsNothingSaysWhatIsWantedAndWhatItIs() {
    offer(LARGE, LARGE_CUDA);
    offer(OTHER, new Placement(Optional.empty(), Optional.of("h100"), 0, Optional.of("dl4j")));
    join("rtx");
    join("cpu-1");
    pull("rtx", 1);
    pull("cpu-1", 1);

    assertThat(pool.workers())
        .contains("search " + LARGE + " wants cuda, at least 64 GiB; this is of 24.0 GiB")
        .contains("search " + LARGE + " wants cuda, at least 64 GiB; this is cpu;")
        .contains("wants a device named \\\"h100\\\", engine dl4j; this is AMD EPYC 9654, engine")
        .contains("\"deviceName\":\"NVIDIA GeForce RTX 4090\"")
        .contains("\"deviceMemoryBytes\":" + 24 * GIB);
  }

  @Test
  void aWorkersOwnLimitCountsWhereItIsBelowTheDevicesMemory() {
    offer(LARGE, LARGE_CUDA);
    hello("h200", DEVICES.get("h200"), Set.of(), 8 * GIB);
    pull("h200", 1);
    assertThat(pool.workers()).contains("this is of 8.0 GiB");
  }

  @Test
  void aWorkerWhoseEngineCannotGoesToAnotherSearchUntilThisOneOffersAgain() {
    ActorRef<SearchNews> news = offer(ANY, Placement.ANY);
    join("cpu-1");
    pull("cpu-1", 1);
    assertThat(asked()).isEqualTo(Map.entry(ANY, "cpu-1"));

    news.tell(new SearchNews.Unfit(ANY, id("cpu-1"), "has rounds, and this engine runs none"));
    assertThat(pool.workers()).contains("search " + ANY + " has rounds, and this engine runs none");
    offer(OTHER, Placement.ANY);
    assertThat(asked()).isEqualTo(Map.entry(OTHER, "cpu-1"));
    join("cpu-2"); // its engine may be another: it is asked for
    pull("cpu-2", 1);
    assertThat(asked()).isEqualTo(Map.entry(ANY, "cpu-2"));
    pull("cpu-1", 2);
    assertThat(asked()).isEqualTo(Map.entry(OTHER, "cpu-1"));
    offer(ANY, Placement.ANY);
    pull("cpu-1", 3);
    assertThat(asked()).isEqualTo(Map.entry(ANY, "cpu-1"));
  }

  @Test
  void theEnginesCapabilitiesReachTheSearch() {
    offer(ANY, Placement.ANY);
    hello("cpu-1", DEVICES.get("cpu-1"), Set.of(Capability.RECURRENT), 0);
    pull("cpu-1", 1);
    SearchCommand.RequestLease request =
        (SearchCommand.RequestLease) pool.sent(SearchCommand.RequestLease.class).command();
    assertThat(request.capabilities()).containsExactly(Capability.RECURRENT);
  }

  @Test
  void aSearchThatNoWorkerFitsIsToldAndToldAgainWhenOneDoes() {
    offer(GPU, CUDA);
    join("cpu-1");
    join("cpu-2");
    for (int beat = 0; beat < 8; beat++) {
      beat("cpu-1", Optional.empty());
      beat("cpu-2", Optional.empty());
    }
    String why =
        "no worker fits: it wants cuda; there is 2 x cpu, AMD EPYC 9654, 128.0 GiB, engine torch";
    assertThat(noWorkerFits()).isEqualTo(Map.entry(GPU, why));
    assertThat(pool.workers())
        .contains("\"waiting\":[{\"search\":\"" + GPU + "\",\"why\":\"" + why);

    join("rtx");
    beat("rtx", Optional.empty());
    assertThat(noWorkerFits()).isEqualTo(Map.entry(GPU, ""));
    assertThat(pool.workers()).contains("\"waiting\":[]");
  }

  @Test
  void showsWhatADeviceDoes() {
    join("rtx");
    DeviceReading reading =
        new DeviceReading(
            OptionalDouble.of(0.75), OptionalLong.of(3 * GIB), OptionalDouble.of(301.5));
    beat("rtx", Optional.of(reading));
    assertThat(pool.workers())
        .contains("\"deviceKind\":\"cuda\"")
        .contains("\"deviceUtilization\":0.75")
        .contains("\"deviceUsedBytes\":" + 3 * GIB)
        .contains("\"devicePowerWatts\":301.5");
  }

  private ActorRef<SearchNews> offer(SearchId search, Placement placement) {
    return pool.offer(search, placement);
  }

  private void join(String name) {
    hello(name, DEVICES.get(name), Set.of(Capability.values()), 0);
  }

  private void hello(String name, Device device, Set<Capability> capabilities, long limit) {
    pool.hello(
        id(name),
        ProtocolVersion.CURRENT,
        new WorkerDescription("host", 1, device, "torch", capabilities, 1, limit));
    pool.worker().expectMessageClass(ToWorker.Welcome.class);
  }

  private void pull(String name, int slots) {
    pool.tell(new PoolCommand.FromWorker(new ToController.Pull(id(name), slots)));
  }

  /** A heartbeat's time passes, and the worker says that it lives. */
  private void beat(String name, Optional<DeviceReading> reading) {
    pool.tell(
        new PoolCommand.FromWorker(
            new ToController.Heartbeat(
                id(name), List.of(), Optional.empty(), reading, pool.worker().getRef())));
    pool.passes(PoolUnderTest.HEARTBEAT);
    TIME.timePasses(PoolUnderTest.HEARTBEAT);
  }

  private Map.Entry<SearchId, String> asked() {
    Sent sent = pool.sent(SearchCommand.RequestLease.class);
    SearchCommand.RequestLease request = (SearchCommand.RequestLease) sent.command();
    return Map.entry(sent.search(), request.worker().name());
  }

  private Map.Entry<SearchId, String> noWorkerFits() {
    Sent sent = pool.sent(SearchCommand.NoWorkerFits.class);
    return Map.entry(sent.search(), ((SearchCommand.NoWorkerFits) sent.command()).why());
  }

  private static WorkerId id(String name) {
    return new WorkerId(name, "first");
  }
}
