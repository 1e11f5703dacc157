package dev.archipelago.controller.strategy;

import dev.archipelago.protocol.random.SplitMix64;
import dev.archipelago.protocol.space.Architecture;
import dev.archipelago.protocol.space.SharedSpace;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.IntPredicate;
import java.util.function.ToDoubleFunction;

/** Runs strategies that share weights to their end, on {@link FakeRounds}. */
public final class SharedSearches {

  /** Something that was journalled. */
  public sealed interface Entry {
    /** A proposal was made. */
    record Asked(int proposal, Ask answer) implements Entry {}

    /** A result was told. */
    record Heard(Told told) implements Entry {}
  }

  /**
   * A search that is over.
   *
   * @param asked proposals in their order
   * @param reason why it ended before the budget did; empty where it did not
   */
  public record Search(
      Strategy strategy, List<Ask> asked, List<Entry> journal, String reason, FakeRounds rounds) {}

  /** Says which networks can learn what, and what goes wrong. */
  public record World(
      ToDoubleFunction<List<Integer>> paths,
      ToDoubleFunction<Architecture> alone,
      IntPredicate fails) {

    /** In which networks trained alone do as well as on shared weights. */
    public static World of(SharedSpace space, ToDoubleFunction<List<Integer>> paths) {
      return new World(
          paths, architecture -> paths.applyAsDouble(space.path(architecture)), n -> false);
    }

    public World failing(IntPredicate proposals) {
      return new World(paths, alone, proposals);
    }
  }

  private record Open(int proposal, Ask answer) {}

  private SharedSearches() {}

  /**
   * @param atOnce proposals that may be open; where there are several, any of them ends next
   */
  public static Search run(StrategyKind kind, StrategyContext context, World world, int atOnce) {
    Strategy strategy = kind.start(context);
    FakeRounds rounds = new FakeRounds(world.paths());
    SplitMix64 arrival = SplitMix64.of(atOnce, 77);
    List<Ask> asked = new ArrayList<>();
    List<Entry> journal = new ArrayList<>();
    List<Open> open = new ArrayList<>();
    String reason = "";
    while (true) {
      while (reason.isEmpty() && asked.size() < context.trials() && open.size() < atOnce) {
        int proposal = asked.size();
        Ask answer = ask(strategy, proposal, context.seed());
        if (answer instanceof Ask.Wait) {
          break;
        } else if (answer instanceof Ask.Exhausted exhausted) {
          reason = exhausted.reason();
          break;
        }
        strategy = strategy.proposed(proposal, shown(answer));
        asked.add(answer);
        journal.add(new Entry.Asked(proposal, answer));
        open.add(new Open(proposal, answer));
      }
      if (open.isEmpty()) {
        break;
      }
      Open next = open.remove(arrival.nextInt(open.size()));
      Told told = end(next, world, rounds);
      journal.add(new Entry.Heard(told));
      strategy = strategy.tell(told);
    }
    if (reason.isEmpty() && asked.size() < context.trials()) {
      throw new AssertionError("waits for nothing after " + asked.size() + " proposals");
    }
    return new Search(strategy, asked, journal, reason, rounds);
  }

  public static Ask ask(Strategy strategy, int proposal, long seed) {
    return strategy.ask(proposal, SplitMix64.of(seed, 1, proposal));
  }

  public static Architecture shown(Ask answer) {
    if (answer instanceof Ask.Propose propose) {
      return propose.architecture();
    } else if (answer instanceof Ask.Share share) {
      return share.shown();
    }
    throw new AssertionError("shows nothing: " + answer);
  }

  private static Told end(Open open, World world, FakeRounds rounds) {
    boolean fails = world.fails().test(open.proposal());
    if (open.answer() instanceof Ask.Share share) {
      return fails ? rounds.fail(open.proposal(), share) : rounds.answer(open.proposal(), share);
    }
    Architecture architecture = shown(open.answer());
    OptionalDouble reward =
        fails
            ? OptionalDouble.empty()
            : OptionalDouble.of(world.alone().applyAsDouble(architecture));
    return new Told(open.proposal(), architecture, reward);
  }
}
