package dev.archipelago.controller.pool;

import dev.archipelago.controller.schedule.FairShare.Claim;
import dev.archipelago.controller.search.SearchNews;
import dev.archipelago.protocol.trial.SearchId;
import dev.archipelago.protocol.trial.WorkerId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The searches that may have work, by what they said last, and which workers they can use. */
final class Demand {
  private final Map<SearchId, SearchEntry> searches = new TreeMap<>();

  List<SearchId> ids() {
    return List.copyOf(searches.keySet());
  }

  // What searches say

  void offered(SearchNews.Offer offer, long nowNanos) {
    if (offer.over()) {
      searches.remove(offer.search());
    } else {
      searches.compute(
          offer.search(),
          (id, known) ->
              known == null ? SearchEntry.discovered(offer, nowNanos) : known.offered(offer));
    }
  }

  void granted(SearchId search) {
    change(search, SearchEntry::granted);
  }

  void noWork(SearchId search, String why) {
    change(search, known -> known.idle(why));
  }

  void unfit(SearchId search, WorkerId worker, String why) {
    change(search, known -> known.unfit(worker, why));
  }

  private void change(SearchId search, UnaryOperator<SearchEntry> change) {
    searches.computeIfPresent(search, (id, known) -> change.apply(known));
  }

  // Who may take what

  /** The claims of the searches that have work for this worker. */
  List<Claim> claims(WorkerEntry worker, Requests requests) {
    return searches.values().stream()
        .filter(known -> known.hasWork() && known.obstacle(worker).isEmpty())
        .map(
            known ->
                new Claim(known.id(), known.running() + requests.to(known.id()), known.isChoosy()))
        .toList();
  }

  /** Why the worker has nothing to do: a reason for each search. */
  String whyIdle(WorkerEntry worker) {
    if (searches.isEmpty()) {
      return "no search is running";
    }
    return searches.values().stream()
        .map(known -> "search " + known.id() + " " + known.whyIdle(worker))
        .collect(Collectors.joining("; "));
  }

  // Searches that no worker fits

  /**
   * Looks which searches have work, and for longer than {@code patience} no worker for it.
   *
   * @param live workers that were heard of lately
   * @return of which that has changed, and why no worker fits; empty where one does now
   */
  Map<SearchId, String> review(List<WorkerEntry> live, Duration patience, long nowNanos) {
    Map<SearchId, String> changed = new TreeMap<>();
    for (SearchEntry known : List.copyOf(searches.values())) {
      boolean fits =
          !known.hasWork() || live.stream().anyMatch(worker -> known.obstacle(worker).isEmpty());
      boolean waits = !fits && nowNanos - known.fittedNanos() > patience.toNanos();
      String why = waits ? unplaced(known, live) : "";
      if (!why.equals(known.unplaced())) {
        changed.put(known.id(), why);
      }
      SearchEntry seen = fits ? known.fitted(nowNanos) : known;
      searches.put(known.id(), seen.unplaced(why));
    }
    return changed;
  }

  private static String unplaced(SearchEntry known, List<WorkerEntry> live) {
    if (live.isEmpty()) {
      return "no worker has joined, or all are silent";
    }
    Optional<String> unfit =
        live.stream()
            .flatMap(worker -> Stream.ofNullable(known.unfit().get(worker.id())))
            .findFirst();
    return unfit.isPresent()
        ? "no worker fits: it " + unfit.get()
        : "no worker fits: it wants " + known.placement() + "; there is " + kinds(live);
  }

  /** {@code 2 x cpu, 31.3 GiB, engine torch; ...}. */
  private static String kinds(List<WorkerEntry> live) {
    Map<String, Long> kinds =
        live.stream()
            .map(worker -> Fit.describe(worker.description()))
            .collect(Collectors.groupingBy(kind -> kind, TreeMap::new, Collectors.counting()));
    return kinds.entrySet().stream()
        .map(kind -> kind.getValue() + " x " + kind.getKey())
        .collect(Collectors.joining("; "));
  }

  /** Searches that wait, and why no worker fits them. */
  SortedMap<SearchId, String> unplaced() {
    SortedMap<SearchId, String> waiting = new TreeMap<>();
    searches.forEach(
        (id, known) -> {
          if (!known.unplaced().isEmpty()) {
            waiting.put(id, known.unplaced());
          }
        });
    return waiting;
  }
}
