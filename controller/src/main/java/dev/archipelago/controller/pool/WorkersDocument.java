package dev.archipelago.controller.pool;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.archipelago.protocol.device.Capability;
import dev.archipelago.protocol.device.Device;
import dev.archipelago.protocol.device.DeviceReading;
import dev.archipelago.protocol.trial.SearchId;
import dev.archipelago.protocol.wire.ToController.Attempt;
import dev.archipelago.protocol.wire.ToController.Progress;
import dev.archipelago.protocol.wire.ToController.WorkerDescription;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;

/** The JSON document of {@code workers}: what each does, and why one is idle. */
final class WorkersDocument {
  private WorkersDocument() {}

  /**
   * @param unplaced searches that wait, and why no worker fits them
   * @param silence after which a worker counts as lost
   */
  static String json(
      Collection<WorkerEntry> workers,
      Map<SearchId, String> unplaced,
      long nowNanos,
      Duration silence) {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    ArrayNode list = document.putArray("workers");
    for (WorkerEntry worker : workers) {
      describe(list.addObject(), worker, nowNanos - worker.heardNanos(), silence);
    }
    ArrayNode waiting = document.putArray("waiting");
    unplaced.forEach(
        (search, why) -> waiting.addObject().put("search", search.value()).put("why", why));
    return document.toString();
  }

  private static void describe(
      ObjectNode node, WorkerEntry worker, long silentNanos, Duration silence) {
    boolean lost = silentNanos > silence.toNanos();
    node.put("name", worker.id().name())
        .put("incarnation", worker.id().incarnation())
        .put("host", worker.description().host())
        .put("pid", worker.description().pid())
        .put("device", worker.description().device().id())
        .put("engine", worker.description().engine())
        .put("cores", worker.description().cores())
        .put("memoryBytes", worker.description().memoryBytes())
        .put("secondsSinceHeartbeat", silentNanos / 1e9);
    device(node, worker.description());
    worker.reading().filter(reading -> !lost).ifPresent(reading -> reading(node, reading));
    boolean busy = worker.progress().isPresent() || !worker.held().isEmpty();
    node.put("state", lost ? "lost" : busy ? "training" : "idle");
    if (worker.progress().isPresent()) {
      Progress progress = worker.progress().get();
      attempt(node, progress.attempt());
      node.put("phase", progress.phase())
          .put("epoch", progress.epoch())
          .put("epochs", progress.epochs());
      finite(node, "imagesPerSecond", progress.imagesPerSecond());
      finite(node, "lossNats", progress.lossNats());
    } else if (!worker.held().isEmpty()) {
      attempt(node, worker.held().get(0));
      node.put("phase", "starting");
    } else if (!lost) {
      node.put("idleReason", worker.idle().isEmpty() ? "is about to start" : worker.idle());
    }
  }

  private static void device(ObjectNode node, WorkerDescription description) {
    Device device = description.device();
    node.put("deviceKind", device.kind().label()).put("deviceDeclared", device.declared());
    if (!device.name().isEmpty()) {
      node.put("deviceName", device.name());
    }
    if (device.memoryBytes() > 0) {
      node.put("deviceMemoryBytes", device.memoryBytes());
    }
    ArrayNode capabilities = node.putArray("capabilities");
    description.capabilities().stream().sorted().map(Capability::label).forEach(capabilities::add);
  }

  private static void reading(ObjectNode node, DeviceReading reading) {
    reading.utilization().ifPresent(share -> finite(node, "deviceUtilization", share));
    reading.usedBytes().ifPresent(bytes -> node.put("deviceUsedBytes", bytes));
    reading.powerWatts().ifPresent(watts -> finite(node, "devicePowerWatts", watts));
  }

  private static void attempt(ObjectNode node, Attempt attempt) {
    node.putObject("trial")
        .put("search", attempt.trial().search().value())
        .put("number", attempt.trial().number())
        .put("attempt", attempt.number());
  }

  private static void finite(ObjectNode node, String key, double value) {
    if (Double.isFinite(value)) {
      node.put(key, value);
    }
  }
}
