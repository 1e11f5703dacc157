package dev.archipelago.bench;

import dev.archipelago.controller.settings.Settings;
import dev.archipelago.controller.strategy.Ask;
import dev.archipelago.controller.strategy.Strategies;
import dev.archipelago.controller.strategy.Strategy;
import dev.archipelago.controller.strategy.StrategyContext;
import dev.archipelago.controller.strategy.Told;
import dev.archipelago.protocol.random.SplitMix64;
import dev.archipelago.protocol.space.Architecture;
import dev.archipelago.protocol.space.ChainSpace;
import dev.archipelago.protocol.space.SearchSpace;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What one trial costs the controller's search policy once 10,000 were told: ask, the note that its
 * answer was journalled, and tell. Started by {@code bench/strategies}.
 *
 * <p>The space is the quick start's: 19 decisions, three of them skips. Every iteration goes on
 * from the same state, trial after trial; so a policy that learns at every fourth result pays for
 * it in every fourth sample.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 10, time = 1)
@Fork(1)
@SuppressWarnings("NullAway.Init") // fields are set by JMH
public class AskTellBench {
  private static final int TOLD = 10_000;
  private static final long SEED = 1;
  private static final SearchSpace SPACE =
      new ChainSpace(4, List.of(3, 5), List.of(1, 2), List.of(8, 16, 32), true);

  @Param({"reinforce", "ppo", "evolution", "local-search", "predictor", "random", "grid"})
  public String kind;

  private Strategy afterMany;
  private Strategy strategy;
  private int proposal;

  @Setup(Level.Trial)
  public void tellMany() {
    strategy =
        Strategies.of(kind, TOLD, Settings.none()).start(new StrategyContext(SPACE, TOLD, SEED));
    for (proposal = 0; proposal < TOLD; proposal++) {
      strategy = next();
    }
    afterMany = strategy;
  }

  @Setup(Level.Iteration)
  public void goBack() {
    strategy = afterMany;
    proposal = TOLD;
  }

  @Benchmark
  public Strategy askAndTell() {
    strategy = next();
    proposal++;
    return strategy;
  }

  private Strategy next() {
    Ask answer = strategy.ask(proposal, SplitMix64.of(SEED, proposal));
    if (answer instanceof Ask.Propose propose) {
      Architecture architecture = propose.architecture();
      OptionalDouble reward = OptionalDouble.of(reward(architecture));
      return strategy
          .proposed(proposal, architecture)
          .tell(new Told(proposal, architecture, reward));
    }
    throw new IllegalStateException(kind + " answers " + answer + " to proposal " + proposal);
  }

  /** Likes large values, in (0, 1]; costs a fraction of a microsecond. */
  private static double reward(Architecture architecture) {
    int sum = 0;
    for (int value : architecture.values()) {
      sum += value;
    }
    return (1.0 + sum) / (1 + 2 * architecture.values().size());
  }
}
