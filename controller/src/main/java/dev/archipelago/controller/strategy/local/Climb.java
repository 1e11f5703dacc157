package dev.archipelago.controller.strategy.local;

import dev.archipelago.controller.strategy.Ask;
import dev.archipelago.controller.strategy.Strategy;
import dev.archipelago.controller.strategy.Told;
import dev.archipelago.controller.strategy.genotype.Archive;
import dev.archipelago.controller.strategy.genotype.Entry;
import dev.archipelago.controller.strategy.genotype.Genotypes;
import dev.archipelago.protocol.random.SplitMix64;
import dev.archipelago.protocol.space.Architecture;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.pcollections.PSortedSet;
import org.pcollections.TreePSet;

/**
 * The state of {@link LocalSearch}: where the climb stands.
 *
 * @param at number of the proposal whose neighbours are tried; empty before the first reward
 * @param starts numbers of the proposals that were drawn at random and not told yet
 */
record Climb(LocalSearch settings, Archive archive, OptionalInt at, PSortedSet<Integer> starts)
    implements Strategy {

  static Climb from(LocalSearch settings, Archive archive) {
    return new Climb(settings, archive, OptionalInt.empty(), TreePSet.empty());
  }

  @Override
  public Ask ask(int proposal, SplitMix64 random) {
    Optional<Architecture> neighbour = step(random);
    if (neighbour.isPresent()) {
      return new Ask.Propose(neighbour.get(), at);
    }
    return archive
        .fresh(random)
        .<Ask>map(Ask.Propose::new)
        .orElseGet(() -> new Ask.Exhausted(archive.exhausted()));
  }

  /** An unknown neighbour, each with equal probability; empty where a start is due. */
  private Optional<Architecture> step(SplitMix64 random) {
    if (at.isEmpty() || archive.entries().size() < settings.initial()) {
      return Optional.empty();
    }
    int[] order = IntStream.range(0, archive.genotypes().neighbours()).toArray();
    random.shuffle(order);
    return IntStream.of(order).mapToObj(this::neighbour).filter(a -> !archive.knows(a)).findFirst();
  }

  private Architecture neighbour(int number) {
    return archive.genotypes().neighbour(here().architecture(), number);
  }

  private Entry.Scored here() {
    return (Entry.Scored) archive.entries().get(at.getAsInt());
  }

  @Override
  public Climb proposed(int proposal, Architecture architecture) {
    boolean isStart = at.isEmpty() || Genotypes.distance(here().architecture(), architecture) != 1;
    return new Climb(
        settings,
        archive.proposed(proposal, architecture),
        at,
        isStart ? starts.plus(proposal) : starts);
  }

  @Override
  public Climb tell(Told told) {
    boolean wasStart = starts.contains(told.proposal());
    Climb next = new Climb(settings, archive.tell(told), at, starts.minus(told.proposal()));
    return switch (settings.improvement()) {
      case FIRST -> next.towards(told, wasStart, true);
      case BEST -> next.toBestNeighbour().towards(told, wasStart, wasStart);
    };
  }

  /** To what was told: if it is better and may be, or as the start after a local optimum. */
  private Climb towards(Told told, boolean isStart, boolean mayImprove) {
    if (told.reward().isEmpty()) {
      return this;
    }
    boolean isNext =
        at.isEmpty()
            || (mayImprove && told.reward().getAsDouble() > here().reward())
            || (isStart && isSettled());
    return isNext ? to(told.proposal()) : this;
  }

  private Climb to(int proposal) {
    return new Climb(settings, archive, OptionalInt.of(proposal), starts);
  }

  /** As long as all neighbours are told and one of them is better, on to the best of them. */
  private Climb toBestNeighbour() {
    Climb climb = this;
    while (climb.at.isPresent() && climb.isSettled()) {
      OptionalInt best = climb.bestNeighbour();
      if (best.isEmpty()) {
        return climb;
      }
      climb = climb.to(best.getAsInt());
    }
    return climb;
  }

  /** Every neighbour was proposed, and its result told. */
  private boolean isSettled() {
    return IntStream.range(0, archive.genotypes().neighbours())
            .mapToObj(this::neighbour)
            .allMatch(archive::knows)
        && archive.entries().stream()
            .noneMatch(entry -> entry instanceof Entry.Running && isNeighbour(entry));
  }

  private boolean isNeighbour(Entry entry) {
    return Genotypes.distance(entry.architecture(), here().architecture()) == 1;
  }

  private OptionalInt bestNeighbour() {
    OptionalInt best = OptionalInt.empty();
    double reward = here().reward();
    int number = 0;
    for (Entry entry : archive.entries()) {
      if (entry instanceof Entry.Scored scored && scored.reward() > reward && isNeighbour(entry)) {
        best = OptionalInt.of(number);
        reward = scored.reward();
      }
      number++;
    }
    return best;
  }

  @Override
  public byte[] encode() {
    return ClimbCodec.encode(this);
  }
}
