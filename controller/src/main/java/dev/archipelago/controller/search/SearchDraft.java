package dev.archipelago.controller.search;

import dev.archipelago.protocol.trial.Arm;
import dev.archipelago.protocol.trial.Stage;
import java.time.Duration;
import java.util.Optional;
import org.pcollections.PMap;
import org.pcollections.PSortedMap;
import org.pcollections.PSortedSet;
import org.pcollections.PVector;

/** A {@link Search} in the making: what a fold changes, written once. */
final class SearchDraft {
  private final Search base;
  private SearchStatus status;
  private Stage stage;
  private PVector<Trial> trials;
  private PSortedSet<Integer> open;
  private int told;
  private PMap<Arm, ArmState> arms;
  private Duration running;
  private String reason;
  private Optional<Comparison> comparison;
  private PSortedMap<String, Comparison> references;

  private SearchDraft(Search base) {
    this.base = base;
    this.status = base.status();
    this.stage = base.stage();
    this.trials = base.trials();
    this.open = base.open();
    this.told = base.told();
    this.arms = base.arms();
    this.running = base.running();
    this.reason = base.reason();
    this.comparison = base.comparison();
    this.references = base.references();
  }

  static SearchDraft of(Search base) {
    return new SearchDraft(base);
  }

  SearchDraft status(SearchStatus next) {
    status = next;
    return this;
  }

  SearchDraft stage(Stage next) {
    stage = next;
    return this;
  }

  /** Adds the trial, or puts it in the place of the one with its number. */
  SearchDraft trial(Trial trial) {
    trials =
        trial.number() == trials.size() ? trials.plus(trial) : trials.with(trial.number(), trial);
    open = trial.state().isOver() ? open.minus(trial.number()) : open.plus(trial.number());
    return this;
  }

  SearchDraft told(int count) {
    told = count;
    return this;
  }

  SearchDraft arm(Arm arm, ArmState state) {
    arms = arms.plus(arm, state);
    return this;
  }

  SearchDraft running(Duration total) {
    running = total;
    return this;
  }

  SearchDraft reason(String why) {
    reason = why;
    return this;
  }

  SearchDraft comparisons(
      Optional<Comparison> withBaseline, PSortedMap<String, Comparison> withReferences) {
    comparison = withBaseline;
    references = withReferences;
    return this;
  }

  Search toSearch() {
    return new Search(
        base.id(),
        base.name(),
        base.specText(),
        base.task(),
        base.spec(),
        base.createdAt(),
        status,
        stage,
        trials,
        open,
        told,
        arms,
        running,
        reason,
        comparison,
        references);
  }
}
