package dev.archipelago.controller.search;

import static java.util.Objects.requireNonNull;

import dev.archipelago.controller.spec.Evaluator;
import dev.archipelago.controller.spec.SearchSpec;
import dev.archipelago.protocol.space.NetworkPlan;
import dev.archipelago.protocol.space.SearchSpace;
import dev.archipelago.protocol.space.Task;
import dev.archipelago.protocol.trial.Arm;
import dev.archipelago.protocol.trial.SearchId;
import dev.archipelago.protocol.trial.Stage;
import dev.archipelago.protocol.trial.TrialState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.pcollections.PMap;
import org.pcollections.PSortedMap;
import org.pcollections.PSortedSet;
import org.pcollections.PVector;

/**
 * A search's state: an immutable value, the fold of its facts ({@link SearchFold}).
 *
 * @param specText the spec as it was journalled, every default written out
 * @param trials by number
 * @param open numbers of the trials that are running or wait for a worker
 * @param told how many of the first trials the strategies know the end of, those of arms that are
 *     told on arrival left aside; with order ARRIVAL 0
 * @param arms the strategies' states; {@link Arm#BASELINE} only where the spec asks for one
 * @param running how long it has run in all, up to its latest commit
 * @param references comparisons of the winner with published networks, by their names
 * @param reason why it ended early, failed, or ended a stage before its budget; may be empty
 */
public record Search(
    SearchId id,
    String name,
    String specText,
    Task task,
    SearchSpec spec,
    Instant createdAt,
    SearchStatus status,
    Stage stage,
    PVector<Trial> trials,
    PSortedSet<Integer> open,
    int told,
    PMap<Arm, ArmState> arms,
    Duration running,
    String reason,
    Optional<Comparison> comparison,
    PSortedMap<String, Comparison> references) {

  public Trial trial(int number) {
    return trials.get(number);
  }

  public Optional<Trial> find(int number) {
    return number >= 0 && number < trials.size()
        ? Optional.of(trials.get(number))
        : Optional.empty();
  }

  /** The arms it has, the main one first. */
  public List<Arm> armList() {
    return Stream.of(Arm.values()).filter(arms::containsKey).toList();
  }

  /** The strategy's state in one of {@link #armList}. */
  public ArmState arm(Arm arm) {
    return requireNonNull(arms.get(arm), "no such arm");
  }

  public Stream<Trial> trials(Arm arm, Stage ofStage) {
    return trials.stream().filter(trial -> trial.arm() == arm && trial.stage() == ofStage);
  }

  public Stream<Trial> openTrials() {
    return open.stream().map(trials::get);
  }

  /** Those of them that a worker has. */
  public Stream<Trial> runningTrials() {
    return openTrials().filter(trial -> trial.state() == TrialState.RUNNING);
  }

  /** The table whose simulated workers do the work of real ones. */
  Optional<Evaluator.Table> table() {
    return spec.evaluator() instanceof Evaluator.Table table
        ? Optional.of(table)
        : Optional.empty();
  }

  /** The space that an arm's architectures are of. */
  public SearchSpace space(Arm arm) {
    return arm == Arm.REFERENCE ? spec.baselines().space() : spec.space();
  }

  /** The network that a trial trains. */
  public NetworkPlan plan(Trial trial) {
    return space(trial.arm()).decode(trial.architecture(), task);
  }

  /**
   * The state after the strategies have been told of the first {@code count} trials, in order, but
   * for those of an arm that is told on arrival.
   *
   * @throws IllegalStateException if one of them is still open
   */
  Search toldOf(int count) {
    Search next = this;
    for (int number = told; number < Math.min(count, trials.size()); number++) {
      Trial trial = trials.get(number);
      Search heard = spec.isToldOnArrival(trial.arm()) ? next : next.tell(trial);
      next = SearchDraft.of(heard).told(number + 1).toSearch();
    }
    return next;
  }

  /** Whether {@link #toldOf} may pass a trial. */
  boolean isPassable(int number) {
    Trial trial = trials.get(number);
    return trial.state().isOver() || spec.isToldOnArrival(trial.arm());
  }

  /** The state when the strategies know of all trials, none of which is open. */
  Search toldOfAll() {
    return spec.order() == SearchSpec.Order.PROPOSAL ? toldOf(trials.size()) : this;
  }

  /** Tells one trial's end to its strategy. Trials of later stages are nobody's business. */
  Search tell(Trial trial) {
    if (trial.stage() != Stage.SEARCH || trial.state() == TrialState.CANCELLED) {
      return this;
    }
    if (!trial.state().isOver()) {
      throw new IllegalStateException("trial " + trial.number() + " is not over: nothing to tell");
    }
    return SearchDraft.of(this)
        .arm(trial.arm(), arm(trial.arm()).told(trial, Lending.key(spec, trial)))
        .toSearch();
  }
}
