package dev.archipelago.controller.strategy.shared;

import dev.archipelago.controller.strategy.Told;
import dev.archipelago.protocol.random.SplitMix64;
import dev.archipelago.protocol.trial.Round;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How far a search on shared weights has come: its phase, and what the phase's proposals gave so
 * far.
 *
 * @param phase one more than the last where all are over
 * @param failed how many phases before this one, in a row, gave no result at all
 * @param ends by number of the proposal, all of this phase; results may come in any order
 */
public record Progress(
    Timetable timetable, int phase, int failed, SortedMap<Integer, End> ends, Blobs blobs) {

  /** Keeps the weights' first values apart from other uses of the seed. */
  private static final long FRESH = 2;

  /** Phases in a row that may fail. */
  private static final int MOST_FAILED = 2;

  public Progress {
    ends = Collections.unmodifiableSortedMap(new TreeMap<>(ends));
  }

  public static Progress start(Timetable timetable) {
    return new Progress(timetable, 0, 0, Collections.emptySortedMap(), Blobs.NONE);
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
    return new Progress(timetable, phase, failed, next, blobs);
  }

  /** Whether all of the phase's results were told. */
  public boolean isWhole() {
    return ends.size() == size();
  }

  /** The next phase, after one of training; its blobs are those that came through. */
  public Progress trained() {
    return next(unreleased().trained(left()));
  }

  /** The next phase, after one that trained no shared weights. */
  public Progress passed() {
    return next(unreleased().kept(left()));
  }

  private Progress next(Blobs nextBlobs) {
    return new Progress(timetable, phase + 1, failures(), Collections.emptySortedMap(), nextBlobs);
  }

  /**
   * A worker removes blobs when all else has succeeded: where the round that was to release them
   * failed, another one has to.
   */
  private Blobs unreleased() {
    return end(first()).weights().isPresent() ? blobs.released() : blobs;
  }

  private End end(int proposal) {
    return Objects.requireNonNull(ends.get(proposal), "no such result");
  }

  /** How many phases in a row have failed altogether, with this one, which is whole. */
  private int failures() {
    return ends.values().stream().allMatch(End::isNothing) ? failed + 1 : 0;
  }

  /**
   * Why there is no point in going on; empty where there is. What fails twice from end to end, with
   * different networks but the same weights, fails for ever: weights that are gone, for instance.
   */
  public Optional<String> deadEnd() {
    return failed < MOST_FAILED
        ? Optional.empty()
        : Optional.of("all proposals of %d phases in a row failed".formatted(failed));
  }

  private List<String> left() {
    return ends.values().stream().flatMap(end -> end.weights().stream()).distinct().toList();
  }

  /**
   * A round of this phase. The phase's first one releases what the phases before have left: nobody
   * reads those blobs any more. A blob is released again only where the round that was to do it
   * failed.
   *
   * @param seed of the arm
   */
  public Round round(int proposal, long seed, Round.Work work) {
    List<String> released = proposal == first() ? Blobs.toRelease(blobs.unneeded()) : List.of();
    Round.Weights weights = Blobs.weights(blobs.current(), SplitMix64.derive(seed, FRESH));
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
