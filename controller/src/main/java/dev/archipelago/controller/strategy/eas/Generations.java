package dev.archipelago.controller.strategy.eas;

import dev.archipelago.controller.strategy.Ask;
import dev.archipelago.controller.strategy.Strategy;
import dev.archipelago.controller.strategy.Told;
import dev.archipelago.controller.strategy.policy.Baseline;
import dev.archipelago.controller.strategy.policy.Weights;
import dev.archipelago.controller.strategy.shared.Different;
import dev.archipelago.protocol.random.SplitMix64;
import dev.archipelago.protocol.space.Architecture;
import dev.archipelago.protocol.space.GrowableSpace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
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
 * @param generation how many generations were whole before this one
 * @param first number of this generation's first proposal
 * @param parent out of which this generation grows; empty while it is the first network alone
 * @param told of this generation, by their numbers
 * @param ranking of the last generation with any result, the best first
 * @param kept in how many generations the parent as it was came out best
 * @param barren generations in a row without a result
 */
record Generations(
    Eas settings,
    GrowableSpace space,
    GrowthPolicy policy,
    long seed,
    Weights weights,
    Baseline baseline,
    int generation,
    int first,
    Optional<Born> parent,
    PSortedMap<Integer, Born> told,
    List<Born> ranking,
    int kept,
    int barren)
    implements Strategy {

  /** Key of the generators; {@code Hyperparameters} has 1. */
  private static final long GENERATION = 2;

  /**
   * Draws of the policy for each child that is to differ from the others. A policy that is sure of
   * itself draws few; then as many tosses of coins find others.
   */
  private static final int DRAWS = 20;

  /** So many decisions have more children than any generation. */
  private static final int MANY = 10;

  private static final int MOST_BARREN = 2;

  Generations {
    ranking = List.copyOf(ranking);
  }

  static Generations start(Eas settings, GrowableSpace space, long seed) {
    GrowthPolicy policy = GrowthPolicy.of(settings, space);
    return new Generations(
        settings,
        space,
        policy,
        seed,
        policy.first(settings, seed),
        Baseline.START,
        0,
        0,
        Optional.empty(),
        TreePMap.empty(),
        List.of(),
        0,
        0);
  }

  // --- What to do next

  @Override
  public Ask ask(int proposal, SplitMix64 random) {
    if (barren == MOST_BARREN) {
      return new Ask.Exhausted("two generations in a row failed from end to end");
    }
    if (parent.isPresent() && space.growths(parent.get().architecture()).isEmpty()) {
      return new Ask.Exhausted("the network has grown as far as the space goes");
    }
    int index = proposal - first;
    if (index >= size()) {
      return new Ask.Wait();
    }
    return parent.isEmpty()
        ? new Ask.Propose(space.smallest())
        : new Ask.Propose(drawn().get(index), OptionalInt.of(parent.get().proposal()));
  }

  private int size() {
    if (parent.isEmpty()) {
      return 1;
    }
    int possible = space.growths(parent.get().architecture()).size();
    return Math.min(settings.children(), 1 << Math.min(possible, MANY));
  }

  /** This generation's networks: the parent as it is, then grown ones. */
  private List<Architecture> drawn() {
    Architecture origin = parent.orElseThrow().architecture();
    SplitMix64 random = SplitMix64.of(seed, GENERATION, first);
    Different different = new Different(space, 2 * DRAWS);
    different.know(origin);
    List<Architecture> drawn = new ArrayList<>(List.of(origin));
    while (drawn.size() < size()) {
      drawn.add(
          different.next(
              attempt ->
                  attempt < DRAWS
                      ? policy.draw(weights, origin, random)
                      : policy.toss(origin, random)));
    }
    return drawn;
  }

  // --- What came of it

  @Override
  public Generations tell(Told result) {
    space.check(result.architecture());
    Born born = new Born(result.proposal(), result.architecture(), result.reward());
    PSortedMap<Integer, Born> next = told.plus(born.proposal(), born);
    return next.size() < size()
        ? new Generations(
            settings,
            space,
            policy,
            seed,
            weights,
            baseline,
            generation,
            first,
            parent,
            next,
            ranking,
            kept,
            barren)
        : grown(next.values().stream().toList());
  }

  /** After a whole generation, in the order of its proposals. */
  private Generations grown(List<Born> all) {
    List<Born> ranked = ranked(all);
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
    boolean stayed = parent.isPresent() && !ranked.isEmpty() && ranked.get(0).proposal() == first;
    return new Generations(
        settings,
        space,
        policy,
        seed,
        nextWeights,
        nextBaseline,
        generation + 1,
        first + size(),
        ranked.stream().findFirst().or(() -> parent),
        TreePMap.empty(),
        ranked.isEmpty() ? ranking : ranked,
        kept + (stayed ? 1 : 0),
        ranked.isEmpty() ? barren + 1 : 0);
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
