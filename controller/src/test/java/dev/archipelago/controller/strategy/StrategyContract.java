package dev.archipelago.controller.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.archipelago.controller.settings.Settings;
import dev.archipelago.protocol.random.SplitMix64;
import dev.archipelago.protocol.space.Architecture;
import dev.archipelago.protocol.space.CellSpace;
import dev.archipelago.protocol.space.ChainSpace;
import dev.archipelago.protocol.space.Operation;
import dev.archipelago.protocol.space.SearchSpace;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every strategy keeps to; its test inherits this. */
public abstract class StrategyContract {
  private static final long SEED = 20_240_517;
  private static final ChainSpace CHAIN =
      new ChainSpace(4, List.of(1, 3, 5), List.of(1, 2), List.of(8, 16, 32), true);

  /** The kind under test, learning fast enough that its state differs after a few results. */
  protected abstract StrategyKind kind();

  /** Where the kind is found. */
  protected Strategies registry() {
    return Strategies.seenBy(Strategies.class.getClassLoader());
  }

  /**
   * Digest of 60 proposals and of the state after them, as some JVM once printed it. It changes
   * only together with {@link StrategyKind#algorithmVersion}, or with the state's format alone.
   */
  protected abstract String goldenDigest();

  static Stream<SearchSpace> spaces() {
    return Stream.of(
        CHAIN,
        new ChainSpace(3, List.of(3, 5), List.of(1), List.of(8, 16), false),
        new ChainSpace(1, List.of(3), List.of(1), List.of(8), true),
        new CellSpace(
            3,
            List.of(Operation.SKIP_CONNECT, Operation.SEP_CONV_3X3, Operation.CONV_1X1),
            2,
            1,
            8),
        new EdgeSpace());
  }

  @ParameterizedTest
  @MethodSource("spaces")
  void proposesArchitecturesOfTheSpace(SearchSpace space) {
    Strategy strategy = start(space);
    for (int n = 0; n < 40; n++) {
      Optional<Architecture> next = Searches.next(strategy, n, SEED);
      if (next.isEmpty()) {
        assertThat(space.size()).isLessThanOrEqualTo(BigInteger.valueOf(n));
        return;
      }
      Architecture architecture = next.get();
      space.check(architecture);
      strategy = after(strategy, n, architecture, OptionalDouble.of(reward(architecture)));
    }
  }

  @ParameterizedTest
  @MethodSource("spaces")
  void sameSeedAndHistoryGiveSameProposals(SearchSpace space) {
    assertThat(run(space, 8)).isEqualTo(run(space, 8));
  }

  @Test
  void differentSeedsGiveDifferentProposals() {
    assertThat(Searches.run(kind(), CHAIN, 10, 8, 1, StrategyContract::reward))
        .isNotEqualTo(Searches.run(kind(), CHAIN, 10, 8, 2, StrategyContract::reward));
  }

  @ParameterizedTest
  @MethodSource("spaces")
  void replayEqualsWhatWasLive(SearchSpace space) {
    List<Told> journal = new ArrayList<>();
    Strategy live = start(space);
    for (int n = 0; n < 50; n++) {
      Optional<Architecture> next = Searches.next(live, n, SEED);
      if (next.isEmpty()) {
        break;
      }
      Architecture architecture = next.get();
      Told told = new Told(n, architecture, sometimes(n, reward(architecture)));
      live = live.proposed(n, architecture).tell(told);
      journal.add(told);
    }
    Strategy replayed = start(space);
    for (Told told : journal) {
      replayed = replayed.proposed(told.proposal(), told.architecture()).tell(told);
    }
    assertThat(replayed.encode()).isEqualTo(live.encode());
  }

  @ParameterizedTest
  @MethodSource("spaces")
  void decodedStateGoesOnBitForBit(SearchSpace space) {
    for (int snapshot : new int[] {0, 1, 7, 10, 33}) {
      Strategy one = start(space);
      for (int n = 0; n < snapshot; n++) {
        Optional<Architecture> next = Searches.next(one, n, SEED);
        if (next.isEmpty()) {
          break;
        }
        one = after(one, n, next.get(), sometimes(n, reward(next.get())));
      }
      StrategyContext context = new StrategyContext(space, 60, SEED);
      Strategy other = kind().decode(context, one.encode());
      for (int n = snapshot; n < snapshot + 50; n++) {
        Optional<Architecture> next = Searches.next(one, n, SEED);
        assertThat(Searches.next(other, n, SEED)).isEqualTo(next);
        if (next.isEmpty()) {
          break;
        }
        Architecture architecture = next.get();
        OptionalDouble reward = sometimes(n, reward(architecture));
        one = after(one, n, architecture, reward);
        other = after(other, n, architecture, reward);
      }
      assertThat(other.encode()).isEqualTo(one.encode());
    }
  }

  /** A snapshot may be taken while trials run. */
  @Test
  void decodedStateKnowsWhatRuns() {
    Strategy strategy = start(CHAIN);
    List<Architecture> proposals = new ArrayList<>();
    for (int n = 0; n < 60; n++) {
      if (n >= 8) {
        Architecture told = proposals.get(n - 8);
        strategy = strategy.tell(new Told(n - 8, told, sometimes(n - 8, reward(told))));
      }
      Architecture architecture = Searches.ask(strategy, n, SEED);
      strategy = strategy.proposed(n, architecture);
      proposals.add(architecture);
      Strategy decoded = kind().decode(new StrategyContext(CHAIN, 60, SEED), strategy.encode());
      assertThat(decoded.encode()).isEqualTo(strategy.encode());
      assertThat(Searches.next(decoded, n + 1, SEED))
          .isEqualTo(Searches.next(strategy, n + 1, SEED));
    }
  }

  @Test
  void refusesBytesThatAreNoState() {
    StrategyContext context = new StrategyContext(CHAIN, 60, SEED);
    byte[] state = start(CHAIN).encode();
    byte[] longer = Arrays.copyOf(state, state.length + 1);
    assertThatThrownBy(() -> kind().decode(context, longer))
        .isInstanceOf(IllegalArgumentException.class);
    if (state.length > 0) {
      byte[] shorter = Arrays.copyOf(state, state.length - 1);
      assertThatThrownBy(() -> kind().decode(context, shorter))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void askingChangesNothing() {
    Strategy strategy = start(CHAIN);
    for (int n = 0; n < 20; n++) {
      byte[] before = strategy.encode();
      Architecture architecture = Searches.ask(strategy, n, SEED);
      assertThat(Searches.ask(strategy, n, SEED)).isEqualTo(architecture);
      assertThat(strategy.encode()).isEqualTo(before);
      strategy = after(strategy, n, architecture, OptionalDouble.of(reward(architecture)));
    }
  }

  @Test
  void tellingLeavesTheOldStateAsItWas() {
    Strategy strategy = start(CHAIN);
    for (int n = 0; n < 20; n++) {
      byte[] before = strategy.encode();
      Architecture architecture = Searches.ask(strategy, n, SEED);
      Strategy next = after(strategy, n, architecture, OptionalDouble.of(reward(architecture)));
      assertThat(strategy.encode()).isEqualTo(before);
      strategy = next;
    }
  }

  @Test
  void survivesFailures() {
    goesOn((n, reward) -> n % 3 == 0 ? OptionalDouble.empty() : OptionalDouble.of(reward));
    goesOn((n, reward) -> OptionalDouble.empty());
  }

  @Test
  void survivesRewardsOfAnyScale() {
    goesOn((n, reward) -> OptionalDouble.of(1e12 * reward));
    goesOn((n, reward) -> OptionalDouble.of(-1e-9 * reward));
    goesOn((n, reward) -> OptionalDouble.of(n % 2 == 0 ? Double.MAX_VALUE : -Double.MAX_VALUE));
    goesOn((n, reward) -> OptionalDouble.of(n % 2 == 0 ? Double.MIN_VALUE : 0));
    goesOn((n, reward) -> OptionalDouble.of(n == 5 ? 1e12 : reward));
    goesOn((n, reward) -> OptionalDouble.of(0.87));
  }

  @Test
  void survivesResultsOutOfOrder() {
    Strategy strategy = start(CHAIN);
    SplitMix64 random = new SplitMix64(SEED);
    List<Told> running = new ArrayList<>();
    for (int n = 0; n < 100; n++) {
      Architecture architecture = Searches.ask(strategy, n, SEED);
      strategy = strategy.proposed(n, architecture);
      running.add(new Told(n, architecture, sometimes(n, reward(architecture))));
      if (running.size() > 8) {
        strategy = strategy.tell(running.remove(random.nextInt(running.size())));
      }
    }
    for (Told told : running) {
      strategy = strategy.tell(told);
    }
    CHAIN.check(Searches.ask(strategy, 100, SEED));
  }

  @Test
  void settingsReadBackGiveTheSameKind() {
    StrategyKind kind = kind();
    Settings written = new FixedSettings(kind.settings());
    assertThat(registry().read(kind.kind(), 60, written)).isEqualTo(kind);
    assertThat(registry().names()).contains(kind.kind());
  }

  @Test
  void isTheSameInEveryJvm() throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    Strategy strategy = start(CHAIN);
    for (int n = 0; n < 60; n++) {
      Architecture architecture = Searches.ask(strategy, n, SEED);
      for (int value : architecture.values()) {
        digest.update(ByteBuffer.allocate(4).putInt(value).array());
      }
      strategy = after(strategy, n, architecture, sometimes(n, reward(architecture)));
    }
    digest.update(strategy.encode());
    assertThat(HexFormat.of().formatHex(digest.digest(), 0, 16)).isEqualTo(goldenDigest());
  }

  /** What a trial gives for a reward that would have been seen. */
  private interface Fate {
    OptionalDouble of(int proposal, double reward);
  }

  private void goesOn(Fate fate) {
    Strategy strategy = start(CHAIN);
    for (int n = 0; n < 60; n++) {
      Architecture architecture = Searches.ask(strategy, n, SEED);
      CHAIN.check(architecture);
      strategy = after(strategy, n, architecture, fate.of(n, reward(architecture)));
    }
    Strategy decoded = kind().decode(new StrategyContext(CHAIN, 60, SEED), strategy.encode());
    assertThat(decoded.encode()).isEqualTo(strategy.encode());
  }

  private Strategy start(SearchSpace space) {
    return kind().start(new StrategyContext(space, 60, SEED));
  }

  private List<Architecture> run(SearchSpace space, int window) {
    return Searches.run(kind(), space, 60, window, SEED, StrategyContract::reward);
  }

  private static Strategy after(
      Strategy strategy, int proposal, Architecture architecture, OptionalDouble reward) {
    return strategy.proposed(proposal, architecture).tell(new Told(proposal, architecture, reward));
  }

  /** Likes large values, in (0, 1]. */
  private static double reward(Architecture architecture) {
    int sum = architecture.values().stream().mapToInt(Integer::intValue).sum();
    return (1.0 + sum) / (1 + 8 * architecture.values().size());
  }

  private static OptionalDouble sometimes(int proposal, double reward) {
    return proposal % 7 == 3 ? OptionalDouble.empty() : OptionalDouble.of(reward);
  }
}
