package dev.archipelago.controller.strategy.genotype;

import dev.archipelago.controller.strategy.Told;
import dev.archipelago.protocol.random.SplitMix64;
import dev.archipelago.protocol.space.Architecture;
import dev.archipelago.protocol.space.SearchSpace;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.pcollections.HashTreePSet;
import org.pcollections.PSet;
import org.pcollections.PVector;
import org.pcollections.TreePVector;

/**
 * Every proposal so far, so that none is made twice. Both successors share all but a path of the
 * trees with this one.
 *
 * @param entries by number of the proposal
 * @param known canonical forms of the entries
 */
public record Archive(
    SearchSpace space, Genotypes genotypes, PVector<Entry> entries, PSet<String> known) {

  /** Blind draws for an unknown genotype before the space is gone through. */
  private static final int DRAWS = 200;

  /** Spaces beyond this size are not gone through: {@code budget.trials} ends at it, too. */
  private static final int WALK = 1_000_000;

  public static Archive empty(SearchSpace space) {
    return new Archive(space, Genotypes.of(space), TreePVector.empty(), HashTreePSet.empty());
  }

  /** Whether it, or one known to be the same function, was proposed. */
  public boolean knows(Architecture architecture) {
    return known.contains(space.canonical(architecture));
  }

  /**
   * @param proposal dense from 0
   */
  public Archive proposed(int proposal, Architecture architecture) {
    if (proposal != entries.size()) {
      throw new IllegalArgumentException(
          "proposal %d cannot follow %d proposals".formatted(proposal, entries.size()));
    }
    return with(new Entry.Running(architecture));
  }

  Archive with(Entry entry) {
    return new Archive(
        space, genotypes, entries.plus(entry), known.plus(space.canonical(entry.architecture())));
  }

  public Archive tell(Told told) {
    if (!entries.get(told.proposal()).architecture().equals(told.architecture())) {
      throw new IllegalArgumentException(
          "proposal %d was %s, not %s"
              .formatted(
                  told.proposal(),
                  entries.get(told.proposal()).architecture().values(),
                  told.architecture().values()));
    }
    Entry entry =
        told.reward().isPresent()
            ? new Entry.Scored(told.architecture(), told.reward().getAsDouble())
            : new Entry.Failed(told.architecture());
    return new Archive(space, genotypes, entries.with(told.proposal(), entry), known);
  }

  /** The proposals with a reward, in their order. */
  public List<Entry.Scored> scored() {
    return entries.stream()
        .filter(Entry.Scored.class::isInstance)
        .map(Entry.Scored.class::cast)
        .toList();
  }

  /**
   * An unknown architecture: uniform among them by blind draws; where hardly any is left, the next
   * in order from a point drawn at random. Empty if there is none, or if none turned up in a space
   * too large to be gone through.
   */
  public Optional<Architecture> fresh(SplitMix64 random) {
    for (int i = 0; i < DRAWS; i++) {
      Architecture drawn = space.sample(random);
      if (!knows(drawn)) {
        return Optional.of(drawn);
      }
    }
    if (genotypes.size().compareTo(BigInteger.valueOf(WALK)) > 0) {
      return Optional.empty();
    }
    int size = genotypes.size().intValue();
    int from = random.nextInt(size);
    for (int i = 0; i < size; i++) {
      Architecture next = genotypes.at(BigInteger.valueOf((from + i) % size));
      if (!knows(next)) {
        return Optional.of(next);
      }
    }
    return Optional.empty();
  }

  /** Why a search ends for which nothing is {@link #fresh}. */
  public String exhausted() {
    BigInteger size = genotypes.size();
    if (size.compareTo(BigInteger.valueOf(WALK)) > 0) {
      return "%,d architectures drawn in a row were all known".formatted(DRAWS);
    }
    return size.intValue() == entries.size()
        ? "all %,d architectures of the space were proposed".formatted(size)
        : "%,d proposals stand for all %,d architectures of the space; the rest are the same networks"
            .formatted(entries.size(), size);
  }
}
