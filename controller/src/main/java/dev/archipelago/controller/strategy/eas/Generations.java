package dev.archipelago.controller.strategy.eas;

import dev.archipelago.controller.strategy.Ask;
import dev.archipelago.controller.strategy.Strategy;
import dev.archipelago.controller.strategy.Told;
import dev.archipelago.controller.strategy.policy.Baseline;
import dev.archipelago.controller.strategy.policy.Weights;
import dev.archipelago.protocol.random.SplitMix64;
import dev.archipelago.protocol.space.Architecture;
import dev.archipelago.protocol.space.GrowableSpace;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/**
 * The state of {@link Eas}: the policy, and the generation that is being trained.
 *
 * <p>What a generation draws follows from the arm's seed and the generation, not from the generator
 * of {@link #ask}: its networks are to differ.
 *
 * @param seed of the arm
 * @param baseline of rewards over their generation's mean
 * @param current what is being trained
 * @param told of it, by their numbers
 * @param ranking of the last generation with any result, the best first
 * @param kept in how many generations the parent as it was came out best
 * @param barren generations in a row without a result
 */
record Generations(
    Eas settings,
    GrowthPolicy policy,
    long seed,
    Weights weights,
    Baseline baseline,
    Generation current,
    PSortedMap<Integer, Born> told,
    List<Born> ranking,
    int kept,
    int barren)
    implements Strategy {

  private static final int MOST_BARREN = 2;

  Generations {
    ranking = List.copyOf(ranking);
  }

  static Generations start(Eas settings, GrowableSpace space, long seed) {
    GrowthPolicy policy = GrowthPolicy.of(settings, space);
    return new Generations(
        settings,
        policy,
        seed,
        policy.first(settings, seed),
        Baseline.START,
        Generation.smallest(0, 0, space),
        TreePMap.empty(),
        List.of(),
        0,
        0);
  }

  GrowableSpace space() {
    return policy.space();
  }

  // --- What to do next

  @Override
  public Ask ask(int proposal, SplitMix64 random) {
    if (barren == MOST_BARREN) {
      return new Ask.Exhausted("two generations in a row failed from end to end");
    }
    if (current.parent().isPresent() && current.networks().size() == 1) {
      return new Ask.Exhausted("the network has grown as far as the space goes");
    }
    return current.has(proposal) ? current.propose(proposal) : new Ask.Wait();
  }

  // --- What came of it

  @Override
  public Generations tell(Told result) {
    space().check(result.architecture());
    Born born = new Born(result.proposal(), result.architecture(), result.reward());
    PSortedMap<Integer, Born> next = told.plus(born.proposal(), born);
    return next.size() < current.networks().size()
        ? new Generations(
            settings, policy, seed, weights, baseline, current, next, ranking, kept, barren)
        : grown(List.copyOf(next.values()));
  }

  /** After a whole generation, in the order of its proposals. */
  private Generations grown(List<Born> all) {
    List<Born> ranked = ranked(all);
    Optional<Born> parent = current.parent();
    Weights nextWeights = weights;
    Baseline nextBaseline = baseline;
    if (parent.isPresent() && !ranked.isEmpty()) {
      double mean =
          ranked.stream().mapToDouble(born -> born.reward().orElseThrow()).average().orElseThrow();
      for (Born born : all.subList(1, all.size())) { // nobody chose the first one
        OptionalDouble reward =
            born.reward().isPresent()
                ? OptionalDouble.of(born.reward().getAsDouble() - mean)
                : OptionalDouble.empty();
        double[] gradient = new double[weights.values().length];
        policy.addGradient(
            nextWeights,
            parent.get().architecture(),
            born.architecture(),
            nextBaseline.advantage(reward),
            settings.policy().entropy(),
            gradient);
        nextWeights = settings.policy().step(nextWeights, gradient);
        nextBaseline = nextBaseline.after(reward, settings.policy().baselineDecay());
      }
    }
    boolean stayed =
        parent.isPresent() && !ranked.isEmpty() && ranked.get(0).proposal() == current.first();
    return new Generations(
        settings,
        policy,
        seed,
        nextWeights,
        nextBaseline,
        after(ranked.stream().findFirst().or(() -> parent), nextWeights),
        TreePMap.empty(),
        ranked.isEmpty() ? ranking : ranked,
        kept + (stayed ? 1 : 0),
        ranked.isEmpty() ? barren + 1 : 0);
  }

  private Generation after(Optional<Born> parent, Weights nextWeights) {
    int number = current.number() + 1;
    int first = current.first() + current.networks().size();
    return parent
        .map(born -> Generation.of(number, first, born, settings, policy, nextWeights, seed))
        .orElseGet(() -> Generation.smallest(number, first, space()));
  }

  private static List<Born> ranked(List<Born> all) {
    return all.stream().filter(born -> born.reward().isPresent()).sorted(Born.BEST_FIRST).toList();
  }

  // --- What it is good for

  /** Those of the youngest generation, which have the most epochs behind them, come first. */
  @Override
  public Optional<List<Architecture>> finalists() {
    return Optional.of(
        Stream.concat(ranked(List.copyOf(told.values())).stream(), ranking.stream())
            .map(Born::architecture)
            .distinct()
            .toList());
  }

  @Override
  public List<String> remarks() {
    return Remarks.of(this);
  }

  @Override
  public byte[] encode() {
    return GenerationsCodec.encode(this);
  }
}
