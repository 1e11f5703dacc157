package dev.archipelago.controller.strategy.shared;

import dev.archipelago.controller.strategy.Told;
import dev.archipelago.protocol.random.SplitMix64;
import dev.archipelago.protocol.trial.Round;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How far a search on shared weights has come: its phase, and what the phase's proposals gave so
 * far.
 *
 * @param phase one more than the last where all are over
 * @param ends by number of the proposal, all of this phase; results may come in any order
 */
public record Progress(Timetable timetable, int phase, SortedMap<Integer, End> ends, Blobs blobs) {

  /** Keeps the weights' first values apart from other uses of the seed. */
  private static final long FRESH = 2;

  public Progress {
    ends = Collections.unmodifiableSortedMap(new TreeMap<>(ends));
  }

  public static Progress start(Timetable timetable) {
    return new Progress(timetable, 0, Collections.emptySortedMap(), Blobs.NONE);
  }

  public boolean isOver() {
    return phase == timetable.phases();
  }

  /** Whether a proposal may be made: it is of this phase. */
  public boolean reaches(int proposal) {
    return proposal >= first() && proposal < first() + size();
  }

  /** Number of this phase's first proposal. */
  public int first() {
    return timetable.first(phase);
  }

  /** How many proposals this phase has. */
  public int size() {
    return timetable.size(phase);
  }

  /**
   * With one more result.
   *
   * @throws IllegalArgumentException if it is of no proposal that was open
   */
  public Progress tell(Told told) {
    if (!reaches(told.proposal()) || ends.containsKey(told.proposal())) {
      throw new IllegalArgumentException(
          "a result of proposal " + told.proposal() + ", which is not open");
    }
    SortedMap<Integer, End> next = new TreeMap<>(ends);
    next.put(told.proposal(), End.of(told));
    return new Progress(timetable, phase, next, blobs);
  }

  /** Whether all of the phase's results were told. */
  public boolean isWhole() {
    return ends.size() == size();
  }

  /** The next phase, after one of training; its blobs are those that came through. */
  public Progress trained() {
    return new Progress(timetable, phase + 1, Collections.emptySortedMap(), blobs.trained(left()));
  }

  /** The next phase, after one that trained no shared weights. */
  public Progress passed() {
    return new Progress(timetable, phase + 1, Collections.emptySortedMap(), blobs.kept(left()));
  }

  private List<String> left() {
    return ends.values().stream().flatMap(end -> end.weights().stream()).distinct().toList();
  }

  /**
   * A round of this phase. The phase's first one releases what the phase before has left: nobody
   * reads those blobs any more.
   *
   * @param seed of the arm
   */
  public Round round(int proposal, long seed, Round.Work work) {
    List<String> released = proposal == first() ? blobs.unneeded() : List.of();
    Round.Weights weights = blobs.weights(SplitMix64.derive(seed, FRESH));
    return new Round(new Round.Net.Paths(), weights, work, released);
  }

  /**
   * A proposal's stretch of a list that the whole phase shares.
   *
   * @param proposals among how many the list is divided, the phase's first ones
   */
  public <T> List<T> stretch(int proposal, int proposals, List<T> all) {
    int index = proposal - first();
    int from = (int) ((long) all.size() * index / proposals);
    int to = (int) ((long) all.size() * (index + 1) / proposals);
    return all.subList(from, to);
  }

  /** The same of a phase all of whose proposals divide the list. */
  public <T> List<T> stretch(int proposal, List<T> all) {
    return stretch(proposal, size(), all);
  }
}
