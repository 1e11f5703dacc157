package dev.archipelago.controller.strategy.eas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.archipelago.controller.settings.Settings;
import dev.archipelago.controller.strategy.Ask;
import dev.archipelago.controller.strategy.FixedSettings;
import dev.archipelago.controller.strategy.Heredity;
import dev.archipelago.controller.strategy.Strategies;
import dev.archipelago.controller.strategy.Strategy;
import dev.archipelago.controller.strategy.StrategyContext;
import dev.archipelago.controller.strategy.Told;
import dev.archipelago.protocol.random.SplitMix64;
import dev.archipelago.protocol.space.Architecture;
import dev.archipelago.protocol.space.BlockFamily;
import dev.archipelago.protocol.space.ChainSpace;
import dev.archipelago.protocol.space.GrowableSpace;
import dev.archipelago.protocol.space.Growth;
import dev.archipelago.protocol.space.NasBench201Space;
import dev.archipelago.protocol.space.StagedSpace;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EasTest {
  private static final long SEED = 20_240_517;
  private static final int TRIALS = 61;
  private static final ChainSpace CHAIN =
      new ChainSpace(4, List.of(5, 1, 3), List.of(2, 1), List.of(32, 8, 16), true);
  private static final StagedSpace STAGED =
      new StagedSpace(
          2,
          List.of(BlockFamily.MBCONV, BlockFamily.PLAIN),
          List.of(3, 5),
          List.of(1, 3),
          List.of(0, 4),
          List.of(16, 8),
          List.of(1, 2, 3),
          List.of(14),
          8);

  private final Eas kind = Eas.read(TRIALS, Settings.none());

  /** One proposal and what was told of it. */
  private record Step(Ask.Propose propose, OptionalDouble reward) {}

  /** A search played to its end. */
  private record Played(List<Step> steps, Strategy strategy, String reason) {}

  /** What a proposal gives. */
  private interface Fate {
    OptionalDouble of(int proposal, Architecture architecture);
  }

  private static Fate always(ToDoubleFunction<Architecture> reward) {
    return (n, architecture) -> OptionalDouble.of(reward.applyAsDouble(architecture));
  }

  /** Larger is better, whatever it is that is larger. */
  private static double size(Architecture architecture) {
    return STAGED.kind().equals(architecture.space())
        ? architecture.values().stream().mapToInt(Integer::intValue).sum()
        : IntStream.range(0, 4)
            .mapToDouble(layer -> CHAIN.filters().get(filters(architecture, layer)))
            .sum();
  }

  private static int filters(Architecture architecture, int layer) {
    int decision = 0;
    for (int before = 0; before < layer; before++) {
      decision += 4 + Math.max(0, before - 1);
    }
    return architecture.value(decision + 3);
  }

  private Played play(GrowableSpace space, long seed, Fate fate) {
    return play(kind.start(new StrategyContext(space, TRIALS, seed)), 0, seed, fate);
  }

  /** Whole generations are asked before any of them is told, the last of them first. */
  private static Played play(Strategy start, int first, long seed, Fate fate) {
    Strategy strategy = start;
    List<Step> steps = new ArrayList<>();
    int told = first;
    for (int n = first; n < TRIALS; ) {
      Ask answer = strategy.ask(n, SplitMix64.of(seed, 1, n));
      if (answer instanceof Ask.Propose propose) {
        strategy = strategy.proposed(n, propose.architecture());
        steps.add(new Step(propose, fate.of(n, propose.architecture())));
        n++;
      } else if (answer instanceof Ask.Wait) {
        assertThat(told).as("something is outstanding").isLessThan(n);
        for (int result = n - 1; result >= told; result--) {
          Step step = steps.get(result - first);
          strategy = strategy.tell(new Told(result, step.propose().architecture(), step.reward()));
        }
        told = n;
      } else {
        return new Played(steps, strategy, ((Ask.Exhausted) answer).reason());
      }
    }
    return new Played(steps, strategy, "");
  }

  static Stream<GrowableSpace> spaces() {
    return Stream.of(CHAIN, STAGED);
  }

  @ParameterizedTest
  @MethodSource("spaces")
  void aGenerationIsItsParentAndWhatGrowsOutOfIt(GrowableSpace space) {
    List<Step> steps = play(space, SEED, always(EasTest::size)).steps();
    assertThat(steps.get(0).propose()).isEqualTo(new Ask.Propose(space.smallest()));
    assertThat(steps).hasSizeGreaterThan(2 * kind.children());
    for (int first = 1; first + kind.children() <= steps.size(); first += kind.children()) {
      List<Ask.Propose> generation =
          steps.subList(first, first + kind.children()).stream().map(Step::propose).toList();
      int parent = generation.get(0).parent().orElseThrow();
      Architecture origin = steps.get(parent).propose().architecture();
      assertThat(parent).isBetween(Math.max(0, first - kind.children()), first - 1);
      assertThat(generation.get(0).architecture()).isEqualTo(origin);
      assertThat(generation.stream().map(Ask.Propose::architecture)).doesNotHaveDuplicates();
      List<Growth> possible = space.growths(origin);
      for (Ask.Propose child : generation.subList(1, generation.size())) {
        assertThat(child.parent()).hasValue(parent);
        for (int d = 0; d < origin.values().size(); d++) {
          int decision = d;
          int value = child.architecture().value(d);
          assertThat(value == origin.value(d) || possible.contains(new Growth(decision, value)))
              .isTrue();
        }
      }
    }
  }

  @Test
  void theBestOfAGenerationIsTheNextParent() {
    List<Step> steps = play(CHAIN, SEED, always(EasTest::size)).steps();
    int children = kind.children();
    for (int first = 1; first + children < steps.size(); first += children) {
      int best = first;
      for (int n = first + 1; n < first + children; n++) {
        best =
            steps.get(n).reward().orElseThrow() > steps.get(best).reward().orElseThrow() ? n : best;
      }
      assertThat(steps.get(first + children).propose().parent()).hasValue(best);
    }
  }

  /** Filters are worth something, kernels nothing. */
  @Test
  void thePolicyLearnsWhatPays() {
    double filters = 0;
    double kernels = 0;
    int seeds = 5;
    for (long seed = 0; seed < seeds; seed++) {
      Generations end = (Generations) play(CHAIN, seed, always(EasTest::size)).strategy();
      Architecture smallest = CHAIN.smallest();
      var before = end.policy().chances(end.policy().first(kind, seed), smallest);
      var after = end.policy().chances(end.weights(), smallest);
      assertThat(before.get("filters")).isBetween(0.1, 0.25); // 2 of 12
      filters += (after.get("filters") - before.get("filters")) / seeds;
      kernels += (after.get("kernel_height") - before.get("kernel_height")) / seeds;
      assertThat(end.remarks()).anyMatch(remark -> remark.contains("kernel_height from 0."));
    }
    assertThat(filters).isGreaterThan(0.1);
    assertThat(kernels).isLessThan(filters - 0.1);
  }

  @Test
  void endsWhenNothingIsLeftToGrow() {
    ChainSpace tiny = new ChainSpace(1, List.of(1, 3), List.of(1), List.of(8, 16), false);
    Played played =
        play(tiny, SEED, always(a -> a.values().stream().mapToInt(Integer::intValue).sum()));
    assertThat(played.reason()).contains("has grown as far as the space goes");
    assertThat(played.strategy().finalists().orElseThrow().get(0).values())
        .containsExactly(1, 1, 0, 1);
  }

  /** Three growths make eight networks, for a generation that has room for ten. */
  @Test
  void aGenerationWithRoomForAllOfThemHoldsThem() {
    ChainSpace tiny = new ChainSpace(1, List.of(1, 3), List.of(1), List.of(8, 16), false);
    Eas roomy = Eas.read(TRIALS, new FixedSettings(Map.of("children", 10)));
    Strategy strategy = roomy.start(new StrategyContext(tiny, TRIALS, SEED));
    strategy = strategy.tell(new Told(0, tiny.smallest(), OptionalDouble.of(0.5)));
    List<Architecture> generation = new ArrayList<>();
    for (int n = 1; strategy.ask(n, SplitMix64.of(SEED, 1, n)) instanceof Ask.Propose next; n++) {
      generation.add(next.architecture());
    }
    assertThat(generation).hasSize(8).doesNotHaveDuplicates().startsWith(tiny.smallest());
  }

  @Test
  void aFailureIsNoParentAndTwoBarrenGenerationsEndTheSearch() {
    Played some =
        play(
            CHAIN,
            SEED,
            (n, a) -> n % 3 == 1 ? OptionalDouble.empty() : OptionalDouble.of(size(a)));
    assertThat(some.steps()).hasSize(TRIALS);
    assertThat(some.steps().stream().skip(1).map(step -> step.propose().parent().orElseThrow()))
        .noneMatch(parent -> parent % 3 == 1);
    Played none = play(CHAIN, SEED, (n, a) -> OptionalDouble.empty());
    assertThat(none.reason()).contains("two generations in a row failed");
    assertThat(none.steps()).hasSize(2);
    assertThat(none.strategy().finalists()).contains(List.of());
    Played late =
        play(CHAIN, SEED, (n, a) -> n > 12 ? OptionalDouble.empty() : OptionalDouble.of(size(a)));
    assertThat(late.steps()).hasSize(25);
    assertThat(late.strategy().finalists().orElseThrow()).hasSize(kind.children());
  }

  @Test
  void survivesRewardsOfAnyScale() {
    play(CHAIN, SEED, always(a -> 1e12 * size(a)));
    play(CHAIN, SEED, always(a -> -1e-9 * size(a)));
    play(CHAIN, SEED, (n, a) -> OptionalDouble.of(n % 2 == 0 ? Double.MAX_VALUE : -1e300));
    assertThat(play(CHAIN, SEED, always(a -> 0.87)).steps()).hasSize(TRIALS);
  }

  @ParameterizedTest
  @MethodSource("spaces")
  void decodedStateGoesOnBitForBit(GrowableSpace space) {
    StrategyContext context = new StrategyContext(space, TRIALS, SEED);
    Strategy strategy = kind.start(context);
    for (int n = 0; n < 20; n++) {
      Ask answer = strategy.ask(n, SplitMix64.of(SEED, 1, n));
      Strategy decoded = kind.decode(context, strategy.encode());
      assertThat(decoded.encode()).isEqualTo(strategy.encode());
      assertThat(decoded.ask(n, SplitMix64.of(SEED, 1, n))).isEqualTo(answer);
      assertThat(decoded.remarks()).isEqualTo(strategy.remarks());
      if (answer instanceof Ask.Exhausted) {
        break;
      }
      Architecture architecture = ((Ask.Propose) answer).architecture();
      OptionalDouble reward =
          n % 7 == 3 ? OptionalDouble.empty() : OptionalDouble.of(size(architecture));
      strategy = decoded.proposed(n, architecture).tell(new Told(n, architecture, reward));
    }
    byte[] state = strategy.encode();
    assertThatThrownBy(() -> kind.decode(context, Arrays.copyOf(state, state.length - 1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> kind.decode(context, Arrays.copyOf(state, state.length + 1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void isOfTheRegistryAndKnowsItsSpaces() {
    assertThat(Strategies.installed().read("eas", TRIALS, new FixedSettings(kind.settings())))
        .isEqualTo(kind);
    assertThat(kind.heredity()).isEqualTo(new Heredity.Growth(0.05));
    assertThat(kind.obstacle(CHAIN)).isEmpty();
    assertThat(kind.obstacle(new NasBench201Space(8, 1))).isPresent();
  }

  /** It changes only together with the algorithm's version. */
  @Test
  void isTheSameInEveryJvm() throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    Played played = play(CHAIN, SEED, always(EasTest::size));
    for (Step step : played.steps()) {
      for (int value : step.propose().architecture().values()) {
        digest.update(ByteBuffer.allocate(4).putInt(value).array());
      }
    }
    digest.update(played.strategy().encode());
    assertThat(HexFormat.of().formatHex(digest.digest(), 0, 16))
        .isEqualTo("198eade69650633c802105d4d7e56afa");
  }
}
