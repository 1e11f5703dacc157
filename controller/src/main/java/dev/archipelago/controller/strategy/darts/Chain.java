package dev.archipelago.controller.strategy.darts;

import dev.archipelago.controller.strategy.Told;
import dev.archipelago.controller.strategy.shared.Blobs;
import dev.archipelago.protocol.space.Architecture;
import dev.archipelago.protocol.space.Ragged;
import dev.archipelago.protocol.trial.Round.Alphas;
import dev.archipelago.protocol.trial.Score;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * One search by descent, from fresh weights to a derived cell's score. A failed round is final: it
 * ends with what it has, which is still scored.
 *
 * @param phase what its next proposals do
 * @param rounds of training that have ended, those that were rolled back among them
 * @param asked proposals of the running round that were made
 * @param parts results of the running round, by part
 * @param kept past states that may be needed, the one to go on from at the end
 * @param curvatures of the last rounds since the alphas move, the latest at the end
 * @param seen the cell with something to train that was derived after the healthy round whose
 *     mixture was the most accurate, of equals and where that is not known the latest
 * @param released blobs that nothing needs any more, for the next round to say so; where its first
 *     part fails, the one after that says it again
 * @param failed the round that failed
 * @param derived the cell that it ended with
 */
record Chain(
    Phase phase,
    int rounds,
    int asked,
    SortedMap<Integer, PartEnd> parts,
    List<Stand> kept,
    List<Double> curvatures,
    int rollBacks,
    List<Alarm> alarms,
    Optional<Sighting> seen,
    List<String> released,
    OptionalInt failed,
    Optional<Architecture> derived,
    Optional<Score> score) {

  enum Phase {
    TRAINING,
    SCORING,
    OVER
  }

  /** After so many, the next alarm ends the chain. */
  private static final int MOST_ROLL_BACKS = 2;

  Chain {
    parts = Collections.unmodifiableSortedMap(new TreeMap<>(parts));
    kept = List.copyOf(kept);
    curvatures = List.copyOf(curvatures);
    alarms = List.copyOf(alarms);
    List<String> unneeded = new ArrayList<>(new LinkedHashSet<>(released));
    unneeded.removeAll(blobs(kept));
    released = List.copyOf(unneeded);
  }

  static Chain start(Alphas alphas) {
    return new Chain(
        Phase.TRAINING,
        0,
        0,
        Collections.emptySortedMap(),
        List.of(new Stand(0, alphas, List.of())),
        List.of(),
        0,
        List.of(),
        Optional.empty(),
        List.of(),
        OptionalInt.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** What it goes on from. */
  Stand stand() {
    return kept.get(kept.size() - 1);
  }

  /** Factor on the alphas' learning rate. */
  double caution() {
    return StrictMath.pow(0.5, rollBacks);
  }

  /** How many proposals its running round is made of. */
  private int size(Darts settings) {
    return phase == Phase.TRAINING ? settings.parts() : phase == Phase.SCORING ? 1 : 0;
  }

  /** The part that can be asked for now. */
  Optional<Integer> open(Darts settings) {
    return asked < size(settings) ? Optional.of(asked) : Optional.empty();
  }

  /** Whether it may have another proposal to make, now or after its results. */
  boolean goesOn(Darts settings) {
    return phase == Phase.TRAINING || open(settings).isPresent();
  }

  /** Which round its next proposal is of. */
  int position(Darts settings) {
    return open(settings).isPresent() ? rounds : rounds + 1;
  }

  Chain proposed() {
    return with(draft -> draft.asked++);
  }

  /** With one more result; the last of a round ends it. */
  Chain tell(int part, Told told, Darts settings, CellReader reader) {
    if (phase == Phase.SCORING) {
      return scored(told.round().flatMap(round -> round.report().scores().stream().findFirst()));
    }
    SortedMap<Integer, PartEnd> results = new TreeMap<>(parts);
    results.put(part, PartEnd.of(told, stand().alphas()));
    if (results.size() < settings.parts()) {
      return with(draft -> draft.parts = results);
    }
    Chain ended = with(draft -> draft.endRound(unreleased(results)));
    List<Part> came = results.values().stream().flatMap(end -> end.part().stream()).toList();
    return came.isEmpty()
        ? ended.with(draft -> draft.failed = OptionalInt.of(rounds)).settled(settings, reader)
        : ended.trained(Part.merged(came), settings, reader);
  }

  /** What is still to be released after a round: a worker removes blobs only if all went well. */
  private List<String> unreleased(SortedMap<Integer, PartEnd> results) {
    boolean removed = Optional.ofNullable(results.get(0)).flatMap(PartEnd::left).isPresent();
    List<String> blobs = new ArrayList<>(removed ? Blobs.afterRelease(released) : released);
    results.values().forEach(end -> end.refused().ifPresent(blobs::add));
    return blobs;
  }

  private Chain scored(Optional<Score> result) {
    return with(
        draft -> {
          draft.phase = Phase.OVER;
          draft.asked = 0;
          draft.released = List.of();
          draft.score = result;
        });
  }

  private Chain trained(Part part, Darts settings, CellReader reader) {
    boolean moved = !settings.course().rests(rounds - 1);
    Stand stand = new Stand(rounds, part.alphas(), part.blobs());
    Chain measured = moved ? measured(part.curvature(), settings.watch().lag()) : this;
    Signals signals = measured.signals(part.alphas().values(), settings.watch(), reader);
    return moved && settings.watch().alarms(signals)
        ? measured.alarmed(stand, signals, settings, reader)
        : measured.seeing(part, reader).standing(stand, settings, reader);
  }

  private Chain measured(double curvature, int lag) {
    if (!Double.isFinite(curvature)) {
      return this;
    }
    List<Double> all = new ArrayList<>(curvatures);
    all.add(curvature);
    int first = Math.max(0, all.size() - 2 * lag);
    return with(draft -> draft.curvatures = all.subList(first, all.size()));
  }

  private Signals signals(Ragged alphas, Watch watch, CellReader reader) {
    double skips = reader.skips(reader.derive(alphas));
    double entropy = reader.entropy(Darts.probabilities(alphas));
    return Sentinel.look(watch, skips, entropy, curvatures);
  }

  /** Remembers the cell of a healthy round, if it can learn and its mixture was the best so far. */
  private Chain seeing(Part part, CellReader reader) {
    Architecture cell = reader.derive(part.alphas().values());
    double accuracy = part.accuracy().orElse(-Double.MAX_VALUE);
    boolean better = seen.isEmpty() || accuracy >= seen.get().accuracy();
    return better && reader.learns(cell)
        ? with(draft -> draft.seen = Optional.of(new Sighting(cell, accuracy)))
        : this;
  }

  /** Goes on from a new state, and forgets those that are too old to be needed. */
  private Chain standing(Stand stand, Darts settings, CellReader reader) {
    List<Stand> all = new ArrayList<>(kept);
    all.add(stand);
    int first = Math.max(0, all.size() - 1 - settings.watch().memory());
    Chain next = keeping(all.subList(first, all.size()), all.subList(0, first));
    return isLast(settings) ? next.settled(settings, reader) : next;
  }

  private boolean isLast(Darts settings) {
    return rounds >= settings.course().rounds();
  }

  private Chain alarmed(Stand stand, Signals signals, Darts settings, CellReader reader) {
    Watch.Action action = settings.watch().action();
    if (action == Watch.Action.WARN) {
      return noted(signals, Alarm.Deed.WARNED, stand.round()).standing(stand, settings, reader);
    }
    List<Stand> all = new ArrayList<>(kept);
    all.add(stand);
    if (action == Watch.Action.ROLL_BACK && rollBacks < MOST_ROLL_BACKS && !isLast(settings)) {
      Stand back = all.remove(0);
      return noted(signals, Alarm.Deed.ROLLED_BACK, back.round())
          .keeping(List.of(back), all)
          .with(
              draft -> {
                draft.rollBacks++;
                draft.curvatures = List.of();
              });
    }
    Stand back = all.stream().filter(one -> !one.blobs().isEmpty()).findFirst().orElse(stand);
    all.remove(back);
    return noted(signals, Alarm.Deed.STOPPED, back.round())
        .keeping(List.of(back), all)
        .settled(settings, reader);
  }

  private Chain noted(Signals signals, Alarm.Deed deed, int back) {
    List<Alarm> all = new ArrayList<>(alarms);
    all.add(new Alarm(rounds - 1, signals, deed, back));
    return with(draft -> draft.alarms = all);
  }

  private Chain keeping(List<Stand> stands, List<Stand> dropped) {
    return with(
        draft -> {
          draft.kept = stands;
          draft.released = joined(released, blobs(dropped));
        });
  }

  private static List<String> joined(List<String> one, List<String> other) {
    List<String> all = new ArrayList<>(one);
    all.addAll(other);
    return all;
  }

  /** The end of training: what is derived is scored, if there are weights to score it with. */
  private Chain settled(Darts settings, CellReader reader) {
    boolean trained = !stand().blobs().isEmpty();
    Optional<Architecture> cell =
        trained ? Optional.of(choice(settings, reader)) : Optional.empty();
    return with(
        draft -> {
          draft.phase = trained ? Phase.SCORING : Phase.OVER;
          draft.kept = List.of(stand());
          draft.curvatures = List.of();
          draft.released = joined(released, blobs(kept));
          draft.derived = cell;
        });
  }

  /** What it would end with now: with the sentinel on, never a cell in which nothing learns. */
  Architecture choice(Darts settings, CellReader reader) {
    if (derived.isPresent()) {
      return derived.get();
    }
    Architecture cell = reader.derive(stand().alphas().values());
    if (!settings.watch().isOn() || reader.learns(cell)) {
      return cell;
    }
    return seen.map(Sighting::architecture)
        .orElseGet(() -> reader.deriveLearning(stand().alphas().values()));
  }

  private static List<String> blobs(List<Stand> stands) {
    return stands.stream().flatMap(stand -> stand.blobs().stream()).toList();
  }

  private Chain with(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return draft.chain();
  }

  /** A chain that is being written; nobody keeps it. */
  private static final class Draft {
    private Phase phase;
    private int rounds;
    private int asked;
    private SortedMap<Integer, PartEnd> parts;
    private List<Stand> kept;
    private List<Double> curvatures;
    private int rollBacks;
    private List<Alarm> alarms;
    private Optional<Sighting> seen;
    private List<String> released;
    private OptionalInt failed;
    private Optional<Architecture> derived;
    private Optional<Score> score;

    Draft(Chain chain) {
      phase = chain.phase;
      rounds = chain.rounds;
      asked = chain.asked;
      parts = chain.parts;
      kept = chain.kept;
      curvatures = chain.curvatures;
      rollBacks = chain.rollBacks;
      alarms = chain.alarms;
      seen = chain.seen;
      released = chain.released;
      failed = chain.failed;
      derived = chain.derived;
      score = chain.score;
    }

    void endRound(List<String> unreleased) {
      rounds++;
      asked = 0;
      parts = Collections.emptySortedMap();
      released = unreleased;
    }

    Chain chain() {
      return new Chain(
          phase,
          rounds,
          asked,
          parts,
          kept,
          curvatures,
          rollBacks,
          alarms,
          seen,
          released,
          failed,
          derived,
          score);
    }
  }
}
