package dev.archipelago.controller.strategy.oneshot;

import dev.archipelago.controller.settings.Settings;
import dev.archipelago.controller.strategy.shared.Different;
import dev.archipelago.controller.strategy.shared.Ranked;
import dev.archipelago.controller.strategy.shared.Ranking;
import dev.archipelago.protocol.random.SplitMix64;
import dev.archipelago.protocol.space.Architecture;
import dev.archipelago.protocol.space.Decision;
import dev.archipelago.protocol.space.SearchSpace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Which networks are ranked: SPOS's evolution (arXiv:1904.00420v4, Algorithm 1). A generation is
 * bred from the best seen so far, half by crossover and half by mutation, and its members need
 * nothing of each other.
 *
 * <p><b>Departs:</b> smaller generations and fewer of them than the paper's 50 and 20. Whatever was
 * ranked before is not bred again unless {@link #ATTEMPTS} in a row were known. <b>Checked by:</b>
 * {@code BreedingTest}.
 *
 * @param evolves false for random networks instead
 * @param population members of a generation, 2 to 10,000
 * @param parents how many of the best are bred from, 1 to 10,000
 * @param mutation probability that a mutant's decision is drawn anew, 0 to 1
 */
record Breeding(boolean evolves, int population, int parents, double mutation) {

  /** Tries for a member that is not known yet. */
  private static final int ATTEMPTS = 50;

  private static final String EVOLUTION = "evolution";
  private static final String RANDOM = "random";

  static Breeding read(Settings settings) {
    return new Breeding(
        settings.choice("search", EVOLUTION, List.of(EVOLUTION, RANDOM)).equals(EVOLUTION),
        settings.integer("population", 20, 2, 10_000),
        settings.integer("parents", 10, 1, 10_000),
        settings.number("mutation", 0.1, 0, 1));
  }

  void put(Map<String, Object> settings) {
    settings.put("search", evolves ? EVOLUTION : RANDOM);
    settings.put("population", population);
    settings.put("parents", parents);
    settings.put("mutation", mutation);
  }

  /**
   * The next generation.
   *
   * @param ranked all that were ranked so far; of none, the generation is random
   */
  List<Architecture> next(SearchSpace space, List<Ranked> ranked, SplitMix64 random) {
    List<Architecture> best = Ranking.architectures(Ranking.of(space, ranked));
    List<Architecture> breeders = best.subList(0, Math.min(parents, best.size()));
    Different different = new Different(space, ATTEMPTS);
    ranked.forEach(one -> different.know(one.architecture()));
    List<Architecture> members = new ArrayList<>();
    for (int i = 0; i < population; i++) {
      boolean crosses = i < population / 2;
      // A few parents may have no unknown child left; the space still has networks.
      members.add(
          different.next(
              attempt ->
                  attempt < ATTEMPTS / 2
                      ? member(space, breeders, crosses, random)
                      : space.sample(random)));
    }
    return members;
  }

  private Architecture member(
      SearchSpace space, List<Architecture> breeders, boolean crosses, SplitMix64 random) {
    if (!evolves || breeders.isEmpty()) {
      return space.sample(random);
    }
    Architecture one = breeders.get(random.nextInt(breeders.size()));
    if (crosses) {
      return cross(one, breeders.get(random.nextInt(breeders.size())), random);
    }
    return mutate(space, one, random);
  }

  private static Architecture cross(Architecture one, Architecture other, SplitMix64 random) {
    List<Integer> values = new ArrayList<>();
    for (int i = 0; i < one.values().size(); i++) {
      values.add(random.nextBoolean() ? one.value(i) : other.value(i));
    }
    return new Architecture(one.space(), values);
  }

  private Architecture mutate(SearchSpace space, Architecture parent, SplitMix64 random) {
    List<Integer> values = new ArrayList<>(parent.values());
    List<Decision> decisions = space.decisions();
    for (int i = 0; i < values.size(); i++) {
      if (random.nextDouble() < mutation) {
        values.set(i, random.nextInt(decisions.get(i).cardinality()));
      }
    }
    return new Architecture(parent.space(), values);
  }
}
