package dev.archipelago.controller.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.archipelago.controller.journal.JournalBytes;
import dev.archipelago.controller.journal.RecordedSpecs;
import dev.archipelago.controller.view.StateHash;
import dev.archipelago.protocol.trial.Arm;
import dev.archipelago.protocol.trial.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A controller may die after any fact: what follows is the same search. */
class CrashAnywhereTest {
  private static final int TRIALS = 50; // in each of two arms

  @Test
  void killedAfterAnyFactTheSearchEndsAsIfNothingHadHappened() {
    Simulation whole = Simulation.start(Specs.reinforce(TRIALS), 1).run(1);
    List<String> proposals = proposals(whole.search());
    assertThat(whole.search().trials().stream().filter(trial -> trial.stage() == Stage.SEARCH))
        .hasSizeGreaterThanOrEqualTo(2 * TRIALS);

    SearchFold fold = new SearchFold(new RecordedSpecs());
    Optional<Search> replayed = Optional.empty();
    int kill = 0;
    for (Fact fact : whole.facts()) {
      replayed = Optional.of(fold.apply(replayed, JournalBytes.copy(fact)));
      kill++;
      Search fromSnapshot = JournalBytes.copy(replayed.get());
      Search end = Simulation.resume(fromSnapshot, kill).run(1 + kill % 3).search();
      assertThat(proposals(end)).as("killed after fact %d", kill).isEqualTo(proposals);
      assertThat(StateHash.of(end)).isEqualTo(StateHash.of(whole.search()));
      assertThat(winner(end)).isEqualTo(winner(whole.search()));
      assertThat(end.comparison()).isEqualTo(whole.search().comparison());
    }
  }

  @Test
  void replayGivesTheSameStateBitForBitAfterEveryFact() {
    Simulation live = Simulation.start(Specs.reinforce(TRIALS), 5);
    live.run(3);
    SearchFold fold = new SearchFold(new RecordedSpecs());
    Optional<Search> replayed = Optional.empty();
    Optional<Search> snapshotted = Optional.empty();
    for (Fact fact : live.facts()) {
      replayed = Optional.of(fold.apply(replayed, fact));
      snapshotted =
          Optional.of(JournalBytes.copy(fold.apply(snapshotted, JournalBytes.copy(fact))));
      assertThat(JournalBytes.of(snapshotted.get())).isEqualTo(JournalBytes.of(replayed.get()));
    }
    assertThat(JournalBytes.of(replayed.orElseThrow())).isEqualTo(JournalBytes.of(live.search()));
  }

  @Test
  void theNumberOfWorkersAndTheirOrderDoNotMatter() {
    List<String> one = proposals(Simulation.start(Specs.reinforce(TRIALS), 1).run(1).search());
    for (int workers = 2; workers <= 8; workers++) {
      Search search = Simulation.start(Specs.reinforce(TRIALS), workers).run(workers).search();
      assertThat(proposals(search)).as("%d workers", workers).isEqualTo(one);
    }
  }

  /** What was proposed, in order, whether it was trained or broke a limit. */
  private static List<String> proposals(Search search) {
    List<String> proposals = new ArrayList<>();
    search
        .trials()
        .forEach(
            trial ->
                proposals.add(
                    trial.number()
                        + " "
                        + trial.arm()
                        + " "
                        + trial.stage()
                        + " "
                        + trial.architecture().values()
                        + " "
                        + trial.state()));
    return proposals;
  }

  private static List<Object> winner(Search search) {
    Trial chosen = Ranking.chosen(search, Arm.MAIN).orElseThrow();
    Trial tested = Ranking.tested(search, Arm.MAIN).orElseThrow();
    return List.of(chosen.number(), chosen.architecture(), tested.measurement().orElseThrow());
  }
}
