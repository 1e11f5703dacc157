package dev.archipelago.controller.pool;

import dev.archipelago.protocol.trial.WorkerId;
import dev.archipelago.protocol.wire.ProtocolVersion;
import dev.archipelago.protocol.wire.ToController;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The workers that have said Hello, in that order. */
final class Fleet {
  /** Workers that were silent for so long are no longer shown. */
  private static final Duration FORGET_AFTER = Duration.ofMinutes(10);

  private final Duration silence;
  private final Map<WorkerId, WorkerEntry> workers = new LinkedHashMap<>();
  private final Set<WorkerId> replaced = new HashSet<>(); // incarnations whose name another took

  /**
   * @param silence after which a worker may be dead
   */
  Fleet(Duration silence) {
    this.silence = silence;
  }

  /** Why a worker cannot work here; empty where it can. */
  Optional<String> refusal(ToController.Hello hello) {
    if (hello.protocolVersion() != ProtocolVersion.CURRENT) {
      return Optional.of(
          "worker %s speaks protocol version %d, this controller %d: run the same release on both"
              .formatted(hello.worker().name(), hello.protocolVersion(), ProtocolVersion.CURRENT));
    }
    if (replaced.contains(hello.worker())) {
      return Optional.of(
          "another worker is called %s: give each a name of its own (--name)"
              .formatted(hello.worker().name()));
    }
    return Optional.empty();
  }

  /** Earlier processes of the same name: started anew under it, the one before has ended. */
  List<WorkerId> predecessors(WorkerId worker) {
    List<WorkerId> dead =
        named(worker.name()).stream().filter(known -> !known.equals(worker)).toList();
    replaced.addAll(dead);
    return dead;
  }

  List<WorkerId> named(String name) {
    return workers.keySet().stream().filter(known -> known.name().equals(name)).toList();
  }

  @Nullable WorkerEntry find(WorkerId worker) {
    return workers.get(worker);
  }

  void put(WorkerEntry worker) {
    workers.put(worker.id(), worker);
  }

  void remove(WorkerId worker) {
    workers.remove(worker);
  }

  /** A copy: the fleet may change while it is gone through. */
  List<WorkerEntry> all() {
    return List.copyOf(workers.values());
  }

  /** Those that were heard of lately. */
  List<WorkerEntry> live(long nowNanos) {
    return workers.values().stream().filter(worker -> !isSilent(worker, nowNanos)).toList();
  }

  /** Who is silent may be dead: a trial given to it would wait for the end of its lease. */
  boolean isSilent(WorkerEntry worker, long nowNanos) {
    return nowNanos - worker.heardNanos() > silence.toNanos();
  }

  /** Those that were silent for so long that nobody waits for them any more. */
  List<WorkerId> lost(long nowNanos) {
    return workers.values().stream()
        .filter(worker -> nowNanos - worker.heardNanos() > FORGET_AFTER.toNanos())
        .map(WorkerEntry::id)
        .toList();
  }

  /** The JSON document of {@code workers}. */
  String document(Demand demand, long nowNanos) {
    return WorkersDocument.json(workers.values(), demand.unplaced(), nowNanos, silence);
  }
}
