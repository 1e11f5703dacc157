package dev.archipelago.controller.strategy.oneshot;

import dev.archipelago.controller.strategy.Ask;
import dev.archipelago.controller.strategy.Strategy;
import dev.archipelago.controller.strategy.Told;
import dev.archipelago.controller.strategy.shared.Different;
import dev.archipelago.controller.strategy.shared.Progress;
import dev.archipelago.controller.strategy.shared.Ranked;
import dev.archipelago.controller.strategy.shared.Ranking;
import dev.archipelago.protocol.random.SplitMix64;
import dev.archipelago.protocol.space.Architecture;
import dev.archipelago.protocol.space.SharedSpace;
import dev.archipelago.protocol.trial.Round.Work;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The state of {@link OneShot}: how far the rounds have come, and what was ranked.
 *
 * <p>What a phase draws follows from the arm's seed, the phase and what was ranked before it. A
 * failed round is final: a failed part of a training round is left out of the merge, the networks
 * of a failed part of a generation are not ranked. Where no training at all came through there is
 * nothing to rank by, and the search ends; so it does after two phases that failed from end to end.
 *
 * @param seed of the arm
 * @param ranked in the order of their scores' coming
 * @param correlation once its networks are trained
 */
record PathRanker(
    OneShot settings,
    SharedSpace space,
    long seed,
    Progress progress,
    List<Ranked> ranked,
    Optional<Correlation> correlation)
    implements Strategy {

  /** Key of the generators; {@code Progress} has 2. */
  private static final long PHASE = 3;

  /** Draws for each network that is to differ from the others. */
  private static final int ATTEMPTS = 50;

  PathRanker {
    ranked = List.copyOf(ranked);
  }

  /** What happens in a phase. */
  private enum Doing {
    TRAIN,
    RANK,
    CORRELATE,
    NOTHING
  }

  private Doing doing() {
    int phase = progress.phase();
    if (progress.isOver()) {
      return Doing.NOTHING;
    } else if (phase < settings.rounds()) {
      return Doing.TRAIN;
    }
    return phase < settings.rounds() + settings.generations() ? Doing.RANK : Doing.CORRELATE;
  }

  // --- What to do next

  @Override
  public Ask ask(int proposal, SplitMix64 random) {
    Doing doing = doing();
    if (doing == Doing.NOTHING) {
      return new Ask.Exhausted("all rounds of the budget are over");
    } else if (progress.blobs().current().isEmpty() && (doing != Doing.TRAIN || isDeadEnd())) {
      return new Ask.Exhausted("all rounds of training failed, so there are no weights to rank by");
    } else if (isDeadEnd()) {
      return new Ask.Exhausted(progress.deadEnd().orElseThrow());
    } else if (!progress.reaches(proposal)) {
      return new Ask.Wait();
    }
    List<Architecture> drawn = drawn();
    int scoring = scoring();
    int index = proposal - progress.first();
    if (index >= scoring) {
      return new Ask.Propose(drawn.get(index - scoring));
    }
    List<List<Integer>> paths =
        progress.stretch(proposal, scoring, drawn).stream().map(space::path).toList();
    int steps = settings.longestPart();
    Work work =
        doing == Doing.TRAIN
            ? new Work.TrainPaths(
                paths,
                settings.training().descent(progress.phase() * steps, settings.rounds() * steps))
            : new Work.ScorePaths(paths, settings.scoring());
    Architecture shown = Ranking.best(ranked).map(Ranked::architecture).orElse(drawn.get(0));
    return new Ask.Share(shown, progress.round(proposal, seed, work));
  }

  private boolean isDeadEnd() {
    return progress.deadEnd().isPresent();
  }

  /** How many of the phase's proposals are rounds; the others train a network alone. */
  private int scoring() {
    return doing() == Doing.CORRELATE ? progress.size() - settings.correlate() : progress.size();
  }

  /** The networks of this phase, whatever the number of its parts. */
  private List<Architecture> drawn() {
    SplitMix64 random = SplitMix64.of(seed, PHASE, progress.phase());
    return switch (doing()) {
      case TRAIN -> uniform(settings.steps(), random);
      case RANK -> settings.breeding().next(space, ranked, random);
      case CORRELATE -> different(settings.correlate(), random);
      case NOTHING -> List.of();
    };
  }

  private List<Architecture> uniform(int count, SplitMix64 random) {
    return Stream.generate(() -> space.sample(random)).limit(count).toList();
  }

  private List<Architecture> different(int count, SplitMix64 random) {
    Different different = new Different(space, ATTEMPTS);
    return Stream.generate(() -> different.next(n -> space.sample(random))).limit(count).toList();
  }

  // --- What came of it

  @Override
  public Strategy tell(Told told) {
    Progress next = progress.tell(told);
    PathRanker ranker = with(next, ranked, correlation);
    return next.isWhole() ? ranker.turned() : ranker;
  }

  /** After a phase. */
  private PathRanker turned() {
    if (doing() == Doing.TRAIN) {
      return with(progress.trained(), ranked, correlation);
    }
    List<Architecture> drawn = drawn();
    int scoring = scoring();
    List<Ranked> scored = new ArrayList<>();
    Map<Architecture, Double> alone = new HashMap<>();
    progress
        .ends()
        .forEach(
            (proposal, end) -> {
              int index = proposal - progress.first();
              if (index < scoring) {
                List<Architecture> paths = progress.stretch(proposal, scoring, drawn);
                scored.addAll(Ranking.pair(paths, end));
              } else {
                Architecture trained = drawn.get(index - scoring);
                end.reward().ifPresent(reward -> alone.put(trained, reward));
              }
            });
    if (doing() == Doing.CORRELATE) {
      return with(progress.passed(), ranked, Optional.of(Correlation.of(scored, alone)));
    }
    List<Ranked> all = new ArrayList<>(ranked);
    all.addAll(scored);
    return with(progress.passed(), all, correlation);
  }

  PathRanker with(
      Progress nextProgress, List<Ranked> nextRanked, Optional<Correlation> nextCorrelation) {
    return new PathRanker(settings, space, seed, nextProgress, nextRanked, nextCorrelation);
  }

  // --- What it is good for

  /** By their scores on shared weights. */
  @Override
  public Optional<List<Architecture>> finalists() {
    return Optional.of(Ranking.architectures(Ranking.of(space, ranked)));
  }

  @Override
  public List<String> remarks() {
    List<String> remarks = new ArrayList<>();
    Optional<Ranked> best = Ranking.best(ranked);
    if (best.isPresent()) {
      int size = Math.min(settings.breeding().population(), ranked.size());
      remarks.add(
          say(
              "%d networks were ranked by shared weights; the first %d have a mean accuracy of %.3f, the last %.3f, the best %.3f",
              ranked.size(),
              size,
              Ranking.meanAccuracy(ranked.subList(0, size)),
              Ranking.meanAccuracy(ranked.subList(ranked.size() - size, ranked.size())),
              best.get().score().accuracy()));
    }
    correlation.ifPresent(found -> remarks.add(say(found)));
    return remarks;
  }

  private static String say(Correlation found) {
    if (Double.isNaN(found.tau())) {
      return say("Kendall's tau cannot be told of %d networks with both scores", found.networks());
    }
    return say(
        "Kendall's tau-b between shared weights and training alone is %.2f +- %.2f over %d random networks",
        found.tau(), found.standardError(), found.networks());
  }

  private static String say(String format, Object... numbers) {
    return String.format(Locale.ROOT, format, numbers);
  }

  @Override
  public byte[] encode() {
    return PathRankerCodec.encode(this);
  }
}
