package dev.archipelago.controller.strategy.evolution;

import dev.archipelago.controller.strategy.Ask;
import dev.archipelago.controller.strategy.Strategy;
import dev.archipelago.controller.strategy.Told;
import dev.archipelago.controller.strategy.genotype.Genotypes;
import dev.archipelago.protocol.random.SplitMix64;
import dev.archipelago.protocol.space.Architecture;
import dev.archipelago.protocol.space.SearchSpace;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.pcollections.HashTreePSet;
import org.pcollections.PSet;
import org.pcollections.PVector;
import org.pcollections.TreePVector;

/**
 * The state of {@link RegularizedEvolution}. A result costs what the population's size and the
 * logarithm of the number of proposals say: the collections share all but a path with the state
 * before.
 *
 * @param members the oldest first; at most {@code settings.population()}
 * @param proposals every proposal so far, in order
 * @param known the same without their order
 * @param told how many results there were
 */
record Population(
    RegularizedEvolution settings,
    SearchSpace space,
    Genotypes genotypes,
    List<Member> members,
    PVector<Architecture> proposals,
    PSet<Architecture> known,
    int told)
    implements Strategy {

  /** Where so many mutations of a parent in a row are known, the last of them is proposed again. */
  private static final int MUTATIONS = 100;

  Population {
    members = List.copyOf(members);
  }

  static Population empty(RegularizedEvolution settings, SearchSpace space) {
    return new Population(
        settings,
        space,
        Genotypes.of(space),
        List.of(),
        TreePVector.empty(),
        HashTreePSet.empty(),
        0);
  }

  @Override
  public Ask ask(int proposal, SplitMix64 random) {
    int running = proposals.size() - told;
    boolean breeds = !members.isEmpty() && members.size() + running >= settings.population();
    if (!breeds) {
      return new Ask.Propose(space.sample(random));
    }
    Member parent = parent(random);
    return new Ask.Propose(child(parent.architecture(), random), OptionalInt.of(parent.proposal()));
  }

  /** The best of a tournament. */
  private Member parent(SplitMix64 random) {
    int size = Math.min(settings.tournament(), members.size());
    int[] drawn = random.sample(members.size(), size);
    Member best = members.get(drawn[0]);
    for (int rival : drawn) {
      best = members.get(rival).reward() > best.reward() ? members.get(rival) : best;
    }
    return best;
  }

  private Architecture child(Architecture parent, SplitMix64 random) {
    Architecture child = genotypes.mutate(parent, random);
    for (int i = 1; i < MUTATIONS && known.contains(child); i++) {
      child = genotypes.mutate(parent, random);
    }
    return child;
  }

  @Override
  public Population proposed(int proposal, Architecture architecture) {
    return new Population(
        settings,
        space,
        genotypes,
        members,
        proposals.plus(architecture),
        known.plus(architecture),
        told);
  }

  @Override
  public Population tell(Told result) {
    genotypes.check(result.architecture());
    List<Member> next = members;
    if (result.reward().isPresent()) {
      next = new ArrayList<>(members);
      next.add(new Member(result.proposal(), result.architecture(), result.reward().getAsDouble()));
      next = next.subList(Math.max(0, next.size() - settings.population()), next.size());
    }
    return new Population(settings, space, genotypes, next, proposals, known, told + 1);
  }

  @Override
  public byte[] encode() {
    return PopulationCodec.encode(this);
  }
}
