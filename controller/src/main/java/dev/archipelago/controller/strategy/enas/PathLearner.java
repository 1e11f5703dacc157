package dev.archipelago.controller.strategy.enas;

import dev.archipelago.controller.strategy.Ask;
import dev.archipelago.controller.strategy.Strategy;
import dev.archipelago.controller.strategy.Told;
import dev.archipelago.controller.strategy.policy.Baseline;
import dev.archipelago.controller.strategy.policy.PolicyNetwork;
import dev.archipelago.controller.strategy.policy.Regularization;
import dev.archipelago.controller.strategy.policy.Weights;
import dev.archipelago.controller.strategy.shared.Different;
import dev.archipelago.controller.strategy.shared.Progress;
import dev.archipelago.controller.strategy.shared.Ranked;
import dev.archipelago.controller.strategy.shared.Ranking;
import dev.archipelago.protocol.random.SplitMix64;
import dev.archipelago.protocol.space.Architecture;
import dev.archipelago.protocol.space.SharedSpace;
import dev.archipelago.protocol.trial.Round.Work;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * The state of {@link Enas}: the policy, and how far the rounds have come.
 *
 * <p>What a phase draws follows from the arm's seed and the phase, not from the generator of {@link
 * #ask}: it must be known again when the scores are told.
 *
 * <p>A failed round is final: a failed part of a training round is left out of the merge, a failed
 * part of a scoring round teaches nothing. Where no training came through before the first scores
 * there is nothing to score, and the search ends; so it does after two phases that failed from end
 * to end.
 *
 * @param seed of the arm
 */
record PathLearner(
    Enas settings,
    SharedSpace space,
    long seed,
    PolicyNetwork network,
    Weights weights,
    Baseline baseline,
    Progress progress,
    Evidence evidence)
    implements Strategy {

  /** Keys of the generators; {@code Hyperparameters} and {@code Progress} have 1 and 2. */
  private static final long PHASE = 3;

  private static final long ENTROPY = 4;

  /** Draws for each candidate that is to differ from the others. */
  private static final int DRAWS = 20;

  /** Draws behind an entropy that people are told. */
  private static final int ENTROPY_DRAWS = 20;

  // --- What to do next

  @Override
  public Ask ask(int proposal, SplitMix64 random) {
    if (progress.isOver()) {
      return new Ask.Exhausted("all rounds of the budget are over");
    } else if (isWithoutWeights()) {
      return new Ask.Exhausted("all rounds of training failed, so there are no weights to score");
    } else if (progress.deadEnd().isPresent()) {
      return new Ask.Exhausted(progress.deadEnd().get());
    } else if (!progress.reaches(proposal)) {
      return new Ask.Wait();
    }
    Architecture shown = architecture(network.settle(weights.values()));
    return new Ask.Share(shown, progress.round(proposal, seed, work(proposal)));
  }

  private boolean isWithoutWeights() {
    return progress.blobs().current().isEmpty()
        && (!isTraining() || progress.deadEnd().isPresent());
  }

  private Work work(int proposal) {
    List<List<Integer>> paths =
        progress.stretch(proposal, drawn()).stream().map(space::path).toList();
    Rounds rounds = settings.rounds();
    if (isLast()) {
      return new Work.ScorePaths(paths, rounds.lastScoring());
    } else if (isTraining()) {
      int steps = rounds.longestPart();
      int trainings = warmUp() + rounds.turns(progress.timetable().trials());
      return new Work.TrainPaths(
          paths, settings.training().descent(trainingsBefore() * steps, trainings * steps));
    }
    return new Work.ScorePaths(paths, rounds.scoring(turn()));
  }

  private int warmUp() {
    return settings.rounds().warmUp(progress.timetable().trials());
  }

  private boolean isWarmUp() {
    return progress.phase() < warmUp();
  }

  private boolean isLast() {
    return progress.timetable().isLast(progress.phase());
  }

  private boolean isTraining() {
    return isWarmUp() || (!isLast() && (progress.phase() - warmUp()) % 2 == 0);
  }

  private int trainingsBefore() {
    return isWarmUp() ? progress.phase() : warmUp() + turn();
  }

  /** Not of the warm-up. */
  private int turn() {
    return (progress.phase() - warmUp()) / 2;
  }

  /** The networks of this phase, whatever the number of its parts. */
  private List<Architecture> drawn() {
    SplitMix64 random = SplitMix64.of(seed, PHASE, progress.phase());
    if (isLast()) {
      return candidates(random);
    }
    int count = isTraining() ? settings.rounds().steps() : settings.rounds().paths();
    List<Architecture> drawn = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      drawn.add(isWarmUp() ? space.sample(random) : draw(random));
    }
    return drawn;
  }

  private Architecture draw(SplitMix64 random) {
    return architecture(network.sample(weights.values(), random));
  }

  private Architecture architecture(int[] values) {
    return Architecture.of(space.kind(), values);
  }

  /**
   * Those of the policy, then the uniform ones; all different, unless that takes too many draws.
   */
  private List<Architecture> candidates(SplitMix64 random) {
    List<Architecture> candidates = new ArrayList<>();
    Different different = new Different(space, DRAWS);
    for (int i = 0; i < settings.rounds().candidates(); i++) {
      boolean uniform = i >= fromPolicy();
      candidates.add(different.next(n -> uniform ? space.sample(random) : draw(random)));
    }
    return candidates;
  }

  /** How many candidates the policy draws. */
  private int fromPolicy() {
    return settings.rounds().candidates() - settings.rounds().uniform();
  }

  // --- What came of it

  @Override
  public Strategy tell(Told told) {
    Progress next = progress.tell(told);
    PathLearner learner = with(weights, baseline, next, evidence);
    return next.isWhole() ? learner.turned() : learner;
  }

  /** After a phase. */
  private PathLearner turned() {
    if (isTraining()) {
      return with(weights, baseline, progress.trained(), evidence);
    }
    List<Architecture> drawn = drawn();
    List<Ranked> scored = new ArrayList<>();
    progress
        .ends()
        .forEach(
            (proposal, end) -> scored.addAll(Ranking.pair(progress.stretch(proposal, drawn), end)));
    return isLast() ? compared(drawn, scored) : learned(scored);
  }

  private PathLearner compared(List<Architecture> drawn, List<Ranked> scored) {
    Set<Architecture> drawnByPolicy = new HashSet<>(drawn.subList(0, fromPolicy()));
    List<Ranked> policy = new ArrayList<>();
    List<Ranked> uniform = new ArrayList<>();
    for (Ranked one : scored) {
      (drawnByPolicy.contains(one.architecture()) ? policy : uniform).add(one);
    }
    return with(weights, baseline, progress.passed(), evidence.compared(policy, uniform));
  }

  /**
   * Steps of Adam, each on the mean over a group of paths of REINFORCE's gradient with the policy's
   * regularization (§2.2).
   */
  private PathLearner learned(List<Ranked> scored) {
    double mean = Ranking.meanAccuracy(scored);
    double decay = settings.policy().baselineDecay();
    Weights nextWeights = weights;
    Baseline nextBaseline = baseline;
    for (int from = 0; from < scored.size(); from += settings.batch()) {
      List<Ranked> group = scored.subList(from, Math.min(scored.size(), from + settings.batch()));
      Regularization regularization = settings.regularization(group.size());
      double[] gradient = new double[weights.values().length];
      for (Ranked one : group) {
        OptionalDouble reward = OptionalDouble.of(one.score().accuracy() - mean);
        network.addGradient(
            nextWeights.values(),
            one.architecture().toArray(),
            nextBaseline.advantage(reward) / group.size(),
            regularization,
            gradient);
        nextBaseline = nextBaseline.after(reward, decay);
      }
      nextWeights = settings.policy().step(nextWeights, gradient);
    }
    return with(nextWeights, nextBaseline, progress.passed(), evidence.scored(scored));
  }

  PathLearner with(
      Weights nextWeights, Baseline nextBaseline, Progress nextProgress, Evidence nextEvidence) {
    return new PathLearner(
        settings, space, seed, network, nextWeights, nextBaseline, nextProgress, nextEvidence);
  }

  // --- What it is good for

  /** The candidates by their scores; before there are any, the paths of the latest round. */
  @Override
  public Optional<List<Architecture>> finalists() {
    return Optional.of(Ranking.architectures(Ranking.of(space, evidence.latest())));
  }

  @Override
  public List<String> remarks() {
    if (evidence.isNothing()) { // entropies take many draws
      return List.of();
    }
    return Findings.of(evidence, entropy(settings.policy().first(network, seed)), entropy(weights));
  }

  /** Mean over some draws of the entropies met on the way, in nats. */
  private double entropy(Weights of) {
    SplitMix64 random = SplitMix64.of(seed, ENTROPY);
    double sum = 0;
    for (int i = 0; i < ENTROPY_DRAWS; i++) {
      int[] values = network.sample(of.values(), random);
      sum += network.likelihood(of.values(), values).entropy();
    }
    return sum / ENTROPY_DRAWS;
  }

  @Override
  public byte[] encode() {
    return PathLearnerCodec.encode(this);
  }
}
