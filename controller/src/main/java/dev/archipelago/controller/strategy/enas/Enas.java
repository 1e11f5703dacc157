package dev.archipelago.controller.strategy.enas;

import dev.archipelago.controller.settings.Digits;
import dev.archipelago.controller.settings.Settings;
import dev.archipelago.controller.strategy.Sharing;
import dev.archipelago.controller.strategy.Strategy;
import dev.archipelago.controller.strategy.StrategyContext;
import dev.archipelago.controller.strategy.StrategyKind;
import dev.archipelago.controller.strategy.policy.Baseline;
import dev.archipelago.controller.strategy.policy.Bounds;
import dev.archipelago.controller.strategy.policy.Hyperparameters;
import dev.archipelago.controller.strategy.policy.PolicyNetwork;
import dev.archipelago.controller.strategy.policy.Regularization;
import dev.archipelago.controller.strategy.shared.Progress;
import dev.archipelago.controller.strategy.shared.SharedSpaces;
import dev.archipelago.controller.strategy.shared.WeightTraining;
import dev.archipelago.protocol.space.SearchSpace;
import dev.archipelago.protocol.space.SharedSpace;
import dev.archipelago.protocol.trial.Round;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Pham, Guan, Zoph, Le and Dean 2018, "Efficient neural architecture search via parameter sharing",
 * arXiv:1802.03268v2, §2: all networks are paths through one, whose weights they share. Training
 * the weights on paths that the policy draws, one a step, and training the policy on the paths'
 * accuracy take turns (§2.2). At the end many paths are drawn and scored, and the best are trained
 * from scratch. On {@code cell} it is the paper's micro search (§2.4), on {@code chain} its macro
 * search (§2.3).
 *
 * <p><b>Departs:</b>
 *
 * <ul>
 *   <li>All paths of a round are drawn from one policy, and then teach it in groups, one after the
 *       other, without a correction by the ratio of probabilities. So a round is one message, and
 *       its parts can run at once.
 *   <li>The first rounds train along uniform paths while the policy rests ({@code warm-up}). One
 *       that learns from weights that hardly anything has trained settles on what they were trained
 *       for.
 *   <li>The mean accuracy of a round's paths is taken off before the moving average of {@link
 *       Baseline}: later rounds score higher because the weights have learned, for which no path is
 *       to be praised. The advantage is counted in mean deviations.
 *   <li>The paper's policy learns from 4,500 updates (micro) or 15,500 (macro) at a rate of 0.0035
 *       or 0.001; at that rate the dozens of updates that a small budget holds move little. The
 *       rate's default follows the number of updates, as {@code reinforce}'s does, and as there
 *       fast learning wants more entropy than the paper's 1e-4, or the policy settles too early.
 *   <li>The tanh constant is 2.5 for every decision (the paper's for its recurrent cells). The
 *       authors' code has 1.5 for macro, 1.10 for a cell's inputs and 1.10 / 2.5 for its
 *       operations, with which none of five operations can become likelier than 0.38: enough to
 *       train on for 150 epochs, too little to find anything in 50 candidates. Both are settings.
 *   <li>The paper's weight for skips, 0.8, stands beside raw accuracies, here beside advantages of
 *       about 1. Cells' first two operations get no head start as they do in the authors' code.
 *   <li>With several parts the rounds that train at once start alike and are merged after, each
 *       parameter weighed by how often each part updated it.
 *   <li>Candidates are scored on all held-out examples with batch norms measured anew for each, and
 *       some of them are drawn uniformly, to show what the policy has learned.
 * </ul>
 *
 * <b>Checked by:</b> {@code EnasTest}, {@code EnasLearnsTest}, {@code BoundedPolicyTest}.
 *
 * @param trials proposals that the budget allows
 * @param batch paths per update of the policy, 1 to 1000
 * @param policy its network, and how it learns
 * @param skipTarget the wanted share of skips, 0.01 to 0.99
 * @param skipWeight how strongly it is wanted, 0 to 100
 */
public record Enas(
    int trials,
    Rounds rounds,
    int batch,
    WeightTraining training,
    Hyperparameters policy,
    Bounds bounds,
    double skipTarget,
    double skipWeight)
    implements StrategyKind {
  public static final String KIND = "enas";

  /** The paper's learning rate for cells, and the number of updates for which it is meant. */
  private static final double LEAST_RATE = 0.0035;

  private static final double MANY_UPDATES = 4_500;
  private static final double LARGEST_RATE = 0.02;

  /** Reads {@code strategy} of a spec; the policy's learning rate follows the budget. */
  public static Enas read(int trials, Settings settings) {
    Rounds rounds = Rounds.read(settings);
    int batch = settings.integer("batch", 10, 1, 1000);
    long updates = (long) rounds.turns(trials) * ((rounds.paths() - 1) / batch + 1);
    Hyperparameters defaults =
        new Hyperparameters(learningRate(updates), 64, 1, 0.15, 0.99, 0.1, 0.9, 0.999);
    return new Enas(
        trials,
        rounds,
        batch,
        WeightTraining.read(WeightTraining.OF_PATHS, settings),
        Hyperparameters.read(defaults, settings),
        new Bounds(
            settings.number("tanh-constant", 2.5, 0.01, 100),
            settings.number("op-tanh-reduce", 1, 0.01, 100)),
        settings.number("skip-target", 0.4, 0.01, 0.99),
        settings.number("skip-weight", 0.8, 0, 100));
  }

  /** Falls with the root of the number of updates, to two digits. */
  private static double learningRate(long updates) {
    double falling = LEAST_RATE * Math.sqrt(MANY_UPDATES / updates);
    double rate = Math.max(LEAST_RATE, Math.min(LARGEST_RATE, falling));
    return Digits.two(rate);
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    rounds.put(settings);
    settings.put("batch", batch);
    training.put(settings);
    policy.put(settings);
    settings.put("tanh-constant", bounds.constant());
    settings.put("op-tanh-reduce", bounds.operationReduction());
    settings.put("skip-target", skipTarget);
    settings.put("skip-weight", skipWeight);
    return Collections.unmodifiableMap(settings);
  }

  @Override
  public int algorithmVersion() {
    return 2;
  }

  @Override
  public Optional<Sharing> sharing() {
    return Optional.of(new Sharing(new Round.Net.Paths(), rounds.mostPaths()));
  }

  @Override
  public Optional<String> obstacle(SearchSpace space) {
    return SharedSpaces.obstacle(space, rounds.mostPaths()).or(() -> rounds.obstacle(trials));
  }

  /** Of one out of a group of paths. */
  Regularization regularization(int group) {
    return new Regularization(policy.entropy(), skipWeight, skipTarget).dividedBy(group);
  }

  @Override
  public Strategy start(StrategyContext context) {
    SharedSpace space = SharedSpaces.of(context.space());
    PolicyNetwork network = policy.network(space, bounds);
    return new PathLearner(
        this,
        space,
        context.seed(),
        network,
        policy.first(network, context.seed()),
        Baseline.START,
        Progress.start(rounds.timetable(context.trials())),
        Evidence.NONE);
  }

  @Override
  public Strategy decode(StrategyContext context, byte[] state) {
    return PathLearnerCodec.decode((PathLearner) start(context), state);
  }
}
