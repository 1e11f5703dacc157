package dev.archipelago.controller.strategy.darts;

import dev.archipelago.controller.strategy.Ask;
import dev.archipelago.controller.strategy.Strategy;
import dev.archipelago.controller.strategy.Told;
import dev.archipelago.controller.strategy.shared.Blobs;
import dev.archipelago.controller.strategy.shared.Ranked;
import dev.archipelago.controller.strategy.shared.Ranking;
import dev.archipelago.protocol.random.SplitMix64;
import dev.archipelago.protocol.space.Architecture;
import dev.archipelago.protocol.space.Ragged;
import dev.archipelago.protocol.space.Row;
import dev.archipelago.protocol.trial.Round;
import dev.archipelago.protocol.trial.Round.Alphas;
import dev.archipelago.protocol.trial.Round.Relaxation;
import dev.archipelago.protocol.trial.Round.Scoring;
import dev.archipelago.protocol.trial.Round.Work;
import dev.archipelago.protocol.trial.Score;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The state of {@link Darts}. The chains take turns, round by round and in their order, whichever
 * of them is faster; what a chain does depends on its seed and its own results only.
 *
 * @param seed of this arm
 * @param turns by number of the proposal, those without a result
 */
record Chains(
    Darts settings,
    CellReader reader,
    long seed,
    List<Chain> chains,
    SortedMap<Integer, Turn> turns)
    implements Strategy {

  /**
   * Whose a proposal is.
   *
   * @param part of the chain's running round
   */
  record Turn(int chain, int part) {}

  /** Keep uses of the seed apart. */
  private static final long CHAIN = 3;

  private static final long ALPHAS = 1;
  private static final long WEIGHTS = 2;

  /** Of the first alphas' normal distribution, as in the authors' code. */
  private static final double SPREAD = 1e-3;

  Chains {
    chains = List.copyOf(chains);
    turns = Collections.unmodifiableSortedMap(new TreeMap<>(turns));
  }

  static Chains start(Darts settings, CellReader reader, long seed) {
    List<Chain> chains = new ArrayList<>();
    for (int chain = 0; chain < settings.chains(); chain++) {
      SplitMix64 random = SplitMix64.of(SplitMix64.derive(seed, CHAIN, chain), ALPHAS);
      chains.add(Chain.start(firstAlphas(reader.rows(), random)));
    }
    return new Chains(settings, reader, seed, chains, Collections.emptySortedMap());
  }

  static Alphas firstAlphas(List<Row> rows, SplitMix64 random) {
    Ragged zeros = Ragged.filled(rows, 0);
    return new Alphas(zeros.map(zero -> SPREAD * normal(random)), zeros, zeros, 0);
  }

  /** Standard normal (Box and Muller 1958). */
  private static double normal(SplitMix64 random) {
    double radius = Math.sqrt(-2 * StrictMath.log(1 - random.nextDouble()));
    return radius * StrictMath.cos(2 * StrictMath.PI * random.nextDouble());
  }

  /** Whose turn it is, as its order has it; empty where that chain has to wait for its results. */
  private Optional<Turn> next() {
    Optional<Integer> first = Optional.empty();
    for (int i = 0; i < chains.size(); i++) {
      Chain chain = chains.get(i);
      if (chain.goesOn(settings)
          && (first.isEmpty()
              || chain.position(settings) < chains.get(first.get()).position(settings))) {
        first = Optional.of(i);
      }
    }
    return first.flatMap(i -> chains.get(i).open(settings).map(part -> new Turn(i, part)));
  }

  @Override
  public Ask ask(int proposal, SplitMix64 random) {
    Optional<Turn> next = next();
    if (next.isEmpty()) {
      return turns.isEmpty() ? new Ask.Exhausted(reason()) : new Ask.Wait();
    }
    Chain chain = chains.get(next.get().chain());
    Architecture shown = chain.choice(settings, reader);
    Round round =
        new Round(
            new Round.Net.Relaxed(settings.channelShare()),
            Blobs.weights(
                chain.stand().blobs(), SplitMix64.derive(seed, CHAIN, next.get().chain(), WEIGHTS)),
            chain.phase() == Chain.Phase.SCORING ? scoring(shown) : training(chain),
            next.get().part() == 0 ? Blobs.toRelease(chain.released()) : List.of());
    return new Ask.Share(shown, round);
  }

  private String reason() {
    return chains.stream().allMatch(chain -> chain.derived().isEmpty())
        ? "every chain failed before it had trained anything"
        : "every chain has come to its end";
  }

  private Work scoring(Architecture derived) {
    List<Integer> path = reader.space().relaxedPath(derived, settings.channelShare());
    return new Work.ScorePaths(List.of(path), new Scoring(0, 0, settings.recalibration()));
  }

  private Work training(Chain chain) {
    Course course = settings.course();
    int round = chain.rounds();
    boolean rests = course.rests(round);
    double temperature = settings.temperature().at(course.progress(round));
    return new Work.Bilevel(
        chain.stand().alphas(),
        settings.steps(),
        settings.training().descent(steps(round), steps(course.rounds())),
        settings.alphas().rule(rests ? 0 : chain.caution()),
        settings.variant() == Variant.GDAS
            ? new Relaxation.Gumbel(temperature)
            : new Relaxation.Softmax(temperature),
        settings.order(),
        rests ? 0 : settings.watch().iterations(),
        new Scoring(settings.batches(), 0, 0));
  }

  private int steps(int rounds) {
    return Math.toIntExact(Math.min(Integer.MAX_VALUE, (long) rounds * settings.steps()));
  }

  @Override
  public Chains proposed(int proposal, Architecture architecture) {
    Turn turn =
        next().orElseThrow(() -> new IllegalArgumentException("nothing can be proposed now"));
    SortedMap<Integer, Turn> open = new TreeMap<>(turns);
    open.put(proposal, turn);
    return with(turn.chain(), chains.get(turn.chain()).proposed(), open);
  }

  @Override
  public Chains tell(Told told) {
    SortedMap<Integer, Turn> open = new TreeMap<>(turns);
    Turn turn = open.remove(told.proposal());
    if (turn == null) {
      throw new IllegalArgumentException(
          "a result of proposal " + told.proposal() + ", which is not open");
    }
    Chain next = chains.get(turn.chain()).tell(turn.part(), told, settings, reader);
    return with(turn.chain(), next, open);
  }

  private Chains with(int number, Chain chain, Map<Integer, Turn> open) {
    List<Chain> next = new ArrayList<>(chains);
    next.set(number, chain);
    return new Chains(settings, reader, seed, next, new TreeMap<>(open));
  }

  /** Each chain's cell, those with a score before those that were cut off. */
  @Override
  public Optional<List<Architecture>> finalists() {
    Score none = new Score(-1, Double.POSITIVE_INFINITY, 0);
    List<Ranked> cells =
        chains.stream()
            .filter(chain -> !chain.stand().blobs().isEmpty())
            .map(chain -> new Ranked(chain.choice(settings, reader), chain.score().orElse(none)))
            .toList();
    return Optional.of(Ranking.architectures(Ranking.of(reader.space(), cells)));
  }

  @Override
  public List<String> remarks() {
    return Remarks.of(this);
  }

  @Override
  public byte[] encode() {
    return ChainsCodec.encode(this);
  }
}
