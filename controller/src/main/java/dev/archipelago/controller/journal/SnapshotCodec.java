package dev.archipelago.controller.journal;

import com.google.protobuf.ByteString;
import dev.archipelago.controller.journal.proto.JournalProto;
import dev.archipelago.controller.journal.proto.JournalProto.Snapshot;
import dev.archipelago.controller.schedule.SchedulerKind;
import dev.archipelago.controller.search.ArmState;
import dev.archipelago.controller.search.Lease;
import dev.archipelago.controller.search.Lineage;
import dev.archipelago.controller.search.Rewards;
import dev.archipelago.controller.search.Search;
import dev.archipelago.controller.search.SearchFold;
import dev.archipelago.controller.search.SearchState;
import dev.archipelago.controller.search.SearchStatus;
import dev.archipelago.controller.search.SpecReader;
import dev.archipelago.controller.search.Trial;
import dev.archipelago.controller.spec.SearchSpec;
import dev.archipelago.controller.strategy.StrategyKind;
import dev.archipelago.protocol.space.Task;
import dev.archipelago.protocol.trial.Arm;
import dev.archipelago.protocol.trial.Measurement;
import dev.archipelago.protocol.trial.SearchId;
import dev.archipelago.protocol.trial.Stage;
import dev.archipelago.protocol.trial.TrialState;
import dev.archipelago.protocol.wire.Fields;
import dev.archipelago.protocol.wire.MeasurementCodec;
import dev.archipelago.protocol.wire.OutcomeCodec;
import dev.archipelago.protocol.wire.PlanCodec;
import dev.archipelago.protocol.wire.RoundCodec;
import dev.archipelago.protocol.wire.TrialCodec;
import dev.archipelago.protocol.wire.WorkerCodec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;
import org.pcollections.PSortedSet;
import org.pcollections.TreePSet;
import org.pcollections.TreePVector;

/** A search's state, to protobuf and back, bit for bit. */
public final class SnapshotCodec {
  private final SpecReader specs;

  public SnapshotCodec(SpecReader specs) {
    this.specs = specs;
  }

  /** Equal states give equal bytes. */
  public static Snapshot toProto(SearchState state) {
    return state.search().map(SnapshotCodec::snapshot).orElse(Snapshot.getDefaultInstance());
  }

  private static Snapshot snapshot(Search search) {
    Snapshot.Builder proto =
        Snapshot.newBuilder()
            .setId(search.id().value())
            .setName(search.name())
            .setSpec(search.specText())
            .setTask(PlanCodec.toProto(search.task()))
            .setCreatedAtMillis(search.createdAt().toEpochMilli())
            .setStatus(Snapshot.Status.valueOf("STATUS_" + search.status().name()))
            .setStage(TrialCodec.toProto(search.stage()))
            .setTold(search.told())
            .setRunningNanos(search.running().toNanos())
            .setReason(search.reason());
    search.trials().forEach(trial -> proto.addTrials(toProto(trial)));
    search.armList().forEach(arm -> proto.addArms(toProto(search, arm)));
    search.comparison().ifPresent(found -> proto.setComparison(FactCodec.toProto(found)));
    search
        .references()
        .forEach((name, found) -> proto.addReferences(FactCodec.toProto(name, found)));
    return proto.build();
  }

  private static Snapshot.ArmState toProto(Search search, Arm arm) {
    ArmState state = search.arm(arm);
    return Snapshot.ArmState.newBuilder()
        .setArm(TrialCodec.toProto(arm))
        .setAlgorithm(SearchFold.kind(search.spec(), arm).algorithmVersion())
        .setStrategy(ByteString.copyFrom(state.strategy().encode()))
        .setProposed(state.proposed())
        .setTrained(state.trained())
        .setSchedulerAlgorithm(search.spec().schedule().kind().algorithmVersion())
        .setScheduler(ByteString.copyFrom(state.scheduler().encode()))
        .setTold(state.told())
        .setSpentSeconds(state.spentSeconds())
        .build();
  }

  private static Snapshot.Trial toProto(Trial trial) {
    Snapshot.Trial.Builder proto =
        Snapshot.Trial.newBuilder()
            .setNumber(trial.number())
            .setArm(TrialCodec.toProto(trial.arm()))
            .setStage(TrialCodec.toProto(trial.stage()))
            .setOrdinal(trial.ordinal())
            .setArchitecture(PlanCodec.toProto(trial.architecture()))
            .setLineage(FactCodec.toProto(trial.lineage()))
            .setState(Snapshot.Trial.State.valueOf("STATE_" + trial.state().name()))
            .setAttempt(trial.attempt())
            .setLosses(trial.losses())
            .addAllCrashed(trial.crashed());
    trial
        .lease()
        .ifPresent(
            lease ->
                proto.setLease(
                    Snapshot.Trial.Lease.newBuilder()
                        .setAttempt(lease.attempt())
                        .setWorker(WorkerCodec.toProto(lease.worker()))));
    trial.round().ifPresent(round -> proto.setRound(RoundCodec.toProto(round)));
    trial.measurement().ifPresent(found -> proto.setMeasurement(MeasurementCodec.toProto(found)));
    trial.failure().ifPresent(failure -> proto.setFailure(OutcomeCodec.toProto(failure)));
    return proto.build();
  }

  /**
   * @throws IllegalArgumentException if it is not a snapshot, or one of another version of the
   *     strategy's algorithm: the journal is then replayed from its beginning
   */
  public SearchState fromProto(Snapshot proto) {
    if (proto.getId().isEmpty()) {
      return new SearchState(Optional.empty());
    }
    Task task = PlanCodec.fromProto(proto.getTask());
    SearchSpec spec = specs.read(proto.getSpec(), task);
    List<Trial> trials = new ArrayList<>();
    PSortedSet<Integer> open = TreePSet.empty();
    for (Snapshot.Trial trial : proto.getTrialsList()) {
      Trial read = trial(trial, spec);
      trials.add(read);
      open = read.state().isOver() ? open : open.plus(read.number());
    }
    PMap<Arm, ArmState> arms = HashTreePMap.empty();
    for (Snapshot.ArmState arm : proto.getArmsList()) {
      arms = arms.plus(TrialCodec.fromProto(arm.getArm()), arm(arm, spec, trials, proto.getTold()));
    }
    return new SearchState(
        Optional.of(
            new Search(
                new SearchId(proto.getId()),
                proto.getName(),
                proto.getSpec(),
                task,
                spec,
                Instant.ofEpochMilli(proto.getCreatedAtMillis()),
                status(proto.getStatus()),
                TrialCodec.fromProto(proto.getStage()),
                TreePVector.from(trials),
                open,
                proto.getTold(),
                arms,
                Duration.ofNanos(proto.getRunningNanos()),
                proto.getReason(),
                proto.hasComparison()
                    ? Optional.of(FactCodec.fromProto(proto.getComparison()))
                    : Optional.empty(),
                FactCodec.references(proto.getReferencesList()))));
  }

  private static ArmState arm(
      Snapshot.ArmState proto, SearchSpec spec, List<Trial> trials, int told) {
    Arm arm = TrialCodec.fromProto(proto.getArm());
    StrategyKind kind = SearchFold.kind(spec, arm);
    SchedulerKind scheduler = spec.schedule().kind();
    check("strategy " + kind.kind(), proto.getAlgorithm(), kind.algorithmVersion());
    check(
        "scheduler " + scheduler.kind(),
        proto.getSchedulerAlgorithm(),
        scheduler.algorithmVersion());
    return ArmState.restored(
        kind.decode(SearchFold.context(spec, arm), proto.getStrategy().toByteArray()),
        scheduler.decode(SearchFold.scheduling(spec, arm), proto.getScheduler().toByteArray()),
        proto.getProposed(),
        proto.getTrained(),
        proto.getTold(),
        proto.getSpentSeconds(),
        spec,
        trials.stream()
            .filter(trial -> trial.arm() == arm && trial.stage() == Stage.SEARCH)
            .toList(),
        told,
        spec.isToldOnArrival(arm));
  }

  private static void check(String what, int written, int known) {
    if (written != known) {
      throw new IllegalArgumentException(
          "the snapshot was written by version %d of %s, this is version %d"
              .formatted(written, what, known));
    }
  }

  private static Trial trial(Snapshot.Trial proto, SearchSpec spec) {
    Optional<Measurement> measurement =
        proto.hasMeasurement()
            ? Optional.of(MeasurementCodec.fromProto(proto.getMeasurement()))
            : Optional.empty();
    Stage stage = TrialCodec.fromProto(proto.getStage());
    Lineage lineage = FactCodec.fromProto(proto.getLineage());
    return new Trial(
        proto.getNumber(),
        TrialCodec.fromProto(proto.getArm()),
        stage,
        proto.getOrdinal(),
        PlanCodec.fromProto(proto.getArchitecture()),
        proto.hasRound() ? Optional.of(RoundCodec.fromProto(proto.getRound())) : Optional.empty(),
        lineage,
        state(proto.getState()),
        proto.getAttempt(),
        proto.getLosses(),
        proto.getCrashedList(),
        proto.hasLease()
            ? Optional.of(
                new Lease(
                    proto.getLease().getAttempt(),
                    WorkerCodec.fromProto(proto.getLease().getWorker())))
            : Optional.empty(),
        measurement,
        measurement
            .map(found -> Rewards.of(spec, stage, lineage, found))
            .orElse(OptionalDouble.empty()),
        proto.hasFailure()
            ? Optional.of(OutcomeCodec.fromProto(proto.getFailure()))
            : Optional.empty());
  }

  private static SearchStatus status(JournalProto.Snapshot.Status proto) {
    return switch (proto) {
      case STATUS_RUNNING -> SearchStatus.RUNNING;
      case STATUS_PAUSED -> SearchStatus.PAUSED;
      case STATUS_COMPLETED -> SearchStatus.COMPLETED;
      case STATUS_CANCELLED -> SearchStatus.CANCELLED;
      case STATUS_FAILED -> SearchStatus.FAILED;
      case STATUS_UNSPECIFIED, UNRECOGNIZED -> throw Fields.missing("Snapshot.status");
    };
  }

  private static TrialState state(JournalProto.Snapshot.Trial.State proto) {
    return switch (proto) {
      case STATE_PROPOSED -> TrialState.PROPOSED;
      case STATE_RUNNING -> TrialState.RUNNING;
      case STATE_WAITING -> TrialState.WAITING;
      case STATE_COMPLETED -> TrialState.COMPLETED;
      case STATE_FAILED -> TrialState.FAILED;
      case STATE_REJECTED -> TrialState.REJECTED;
      case STATE_CANCELLED -> TrialState.CANCELLED;
      case STATE_UNSPECIFIED, UNRECOGNIZED -> throw Fields.missing("Snapshot.Trial.state");
    };
  }
}
