package dev.archipelago.protocol.trial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.archipelago.protocol.trial.TrialState.Event;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TrialStateTest {

  /** Lives of trials, as they are told in the table's drawing. */
  private static final Map<List<Event>, TrialState> LIVES =
      Map.of(
          List.of(Event.REJECT), TrialState.REJECTED,
          List.of(Event.LEASE, Event.COMPLETE), TrialState.COMPLETED,
          List.of(Event.LEASE, Event.FAIL), TrialState.FAILED,
          List.of(Event.LEASE, Event.CANCEL), TrialState.CANCELLED,
          List.of(Event.LEASE, Event.LOSE, Event.LEASE, Event.COMPLETE), TrialState.COMPLETED,
          List.of(Event.LEASE, Event.LOSE, Event.COMPLETE), TrialState.COMPLETED,
          List.of(Event.LEASE, Event.LOSE, Event.FAIL), TrialState.FAILED,
          List.of(Event.LEASE, Event.LOSE, Event.CANCEL), TrialState.CANCELLED);

  private record Transition(TrialState from, Event event, TrialState to) {}

  @Test
  void livesEveryDeclaredTransition() {
    Set<Transition> visited = new HashSet<>();
    LIVES.forEach(
        (events, end) -> {
          TrialState state = TrialState.PROPOSED;
          for (Event event : events) {
            TrialState next = state.on(event).orElseThrow();
            visited.add(new Transition(state, event, next));
            state = next;
          }
          assertThat(state).as("end of %s", events).isEqualTo(end);
          assertThat(state.isOver()).as("%s is over", state).isTrue();
        });
    assertThat(visited).isEqualTo(declared());
  }

  @Test
  void refusesEveryOtherEvent() {
    for (TrialState state : TrialState.values()) {
      for (Event event : Event.values()) {
        Optional<TrialState> next = state.on(event);
        Optional<TrialState> inTable =
            declared().stream()
                .filter(transition -> transition.from() == state && transition.event() == event)
                .map(Transition::to)
                .findFirst();
        assertThat(next).as("%s in %s", event, state).isEqualTo(inTable);
      }
    }
  }

  @Test
  void neverLeavesAnEnd() {
    Set<TrialState> ends =
        EnumSet.of(
            TrialState.COMPLETED, TrialState.FAILED, TrialState.REJECTED, TrialState.CANCELLED);
    for (TrialState state : TrialState.values()) {
      assertThat(state.isOver()).as("%s is over", state).isEqualTo(ends.contains(state));
    }
  }

  private static Set<Transition> declared() {
    Set<Transition> declared = new HashSet<>();
    TrialState.table()
        .forEach(
            (from, row) ->
                row.forEach((event, to) -> declared.add(new Transition(from, event, to))));
    return declared;
  }
}
