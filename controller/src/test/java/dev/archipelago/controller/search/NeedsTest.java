package dev.archipelago.controller.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.archipelago.controller.journal.RecordedSpecs;
import dev.archipelago.controller.search.Planner.Work;
import dev.archipelago.protocol.device.Capability;
import dev.archipelago.protocol.space.Shape;
import dev.archipelago.protocol.space.Task;
import dev.archipelago.protocol.trial.TrialState;
import dev.archipelago.protocol.trial.WorkerId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A worker gets no trial that its engine cannot do, and what is proposed does not depend on it. */
class NeedsTest {
  private static final WorkerId WORKER = new WorkerId("w", "1");
  private static final Set<Capability> ALL = Set.of(Capability.values());

  @Test
  void roundsGoToEnginesThatRunSupernets() {
    Simulation simulation = Simulation.start(Specs.rounds("kind: darts, steps: 10"), 1);
    assertThat(work(simulation.search(), Set.of(Capability.RECURRENT, Capability.PROXIES)))
        .isEqualTo(
            new Work.Unfit("has rounds on shared weights next, and this engine runs no supernets"));
    assertThat(work(simulation.search(), Set.of(Capability.SUPERNETS)))
        .isInstanceOf(Work.Lease.class);
  }

  @Test
  void aLostRoundWaitsForSuchAnEngineThoughNothingElseIsToBeDone() {
    Simulation simulation = Simulation.start(Specs.rounds("kind: darts, steps: 10"), 1);
    simulation.add(((Work.Lease) work(simulation.search(), ALL)).fact());
    assertThat(work(simulation.search(), ALL)).isInstanceOf(Work.Lease.class); // the baseline's
    Rulings.lost(simulation.search(), 0, 1, Fact.LossCause.EXPIRED).forEach(simulation::add);
    assertThat(simulation.search().trial(0).state()).isEqualTo(TrialState.WAITING);

    Work plain = work(simulation.search(), Set.of());
    assertThat(plain).isNotInstanceOf(Work.Idle.class); // others may have it
    assertThat(((Work.Lease) work(simulation.search(), ALL)).number()).isZero();
  }

  @Test
  void proxiesOtherThanCountsGoToEnginesThatComputeThem() {
    String spec = Specs.random(6).replace("epochs: 1}", "epochs: 3}");
    String rungs = "%nschedule: {kind: successive-halving, rungs: [%s, 3]}%n";
    Simulation synflow = Simulation.start(spec + rungs.formatted("synflow"), 1);
    assertThat(work(synflow.search(), Set.of(Capability.SUPERNETS))).isInstanceOf(Work.Unfit.class);
    assertThat(work(synflow.search(), Set.of(Capability.PROXIES))).isInstanceOf(Work.Lease.class);
    Simulation counted = Simulation.start(spec + rungs.formatted("params"), 1);
    assertThat(work(counted.search(), Set.of())).isInstanceOf(Work.Lease.class);
  }

  @Test
  void whatTrainsInLessThanFloat32GoesToEnginesThatDo() {
    String spec =
        Specs.random(6)
                .replace("evaluation: {epochs: 1}", "evaluation: {epochs: 3, precision: bf16}")
            + "\nschedule: {kind: successive-halving, rungs: [params, 3]}\n";
    Simulation counted = Simulation.start(spec, 1);
    assertThat(work(counted.search(), Set.of())).as("a count").isInstanceOf(Work.Lease.class);
    Simulation trained = Simulation.start(spec.replace("[params, 3]", "[1, 3]"), 1);
    assertThat(work(trained.search(), Set.of(Capability.SUPERNETS)))
        .isEqualTo(new Work.Unfit("trains in bf16 next, and this engine does not"));
    assertThat(work(trained.search(), Set.of(Capability.BF16))).isInstanceOf(Work.Lease.class);
  }

  @Test
  void recurrentNetworksGoToEnginesThatTrainThem() {
    String yaml =
        """
        dataset: {name: text, path: /a.txt}
        space: {kind: sequence}
        strategy: random
        budget: {trials: 3}
        """;
    Task task = new Task(new Shape(1, 32, 1), 20);
    Search search =
        new SearchFold(new RecordedSpecs())
            .apply(
                Optional.empty(), new Fact.Started(Simulation.ID, "s", yaml, task, Instant.EPOCH));
    assertThat(work(search, Set.of(Capability.SUPERNETS, Capability.PROXIES)))
        .isEqualTo(new Work.Unfit("has a recurrent network next, and this engine runs none"));
    assertThat(work(search, Set.of(Capability.RECURRENT))).isInstanceOf(Work.Lease.class);
  }

  @Test
  void ordinaryNetworksAndProgramsNeedNothing() {
    String spec = Specs.random(3);
    assertThat(work(Simulation.start(spec, 1).search(), Set.of())).isInstanceOf(Work.Lease.class);
    String program = spec.replace("{epochs: 1}", "{command: train, epochs: 1}");
    assertThat(work(Simulation.start(program, 1).search(), Set.of()))
        .isInstanceOf(Work.Lease.class);
  }

  private static Work work(Search search, Set<Capability> capabilities) {
    return Planner.work(search, WORKER, capabilities, Duration.ZERO);
  }
}
