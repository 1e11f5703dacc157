package dev.archipelago.worker.engine;

import dev.archipelago.protocol.space.NetworkPlan;
import dev.archipelago.protocol.space.Supernet;
import dev.archipelago.protocol.trial.Precision;
import dev.archipelago.protocol.trial.TrialFailure;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/**
 * Makes chosen trials go wrong, so that tests and drills see what a search does then. Off unless a
 * worker's configuration lists rules; never on by default.
 *
 * <p>A rule is {@code TRIAL:FAULT} or {@code TRIAL:FAULT:ATTEMPTS}, as in {@code 3:crash:1}: trial
 * 3 kills the process on its first attempt only. Without a number of attempts, every attempt fails.
 * What does not compute on an engine, such as a program of the user's, does not go wrong.
 */
public final class FaultInjection {

  /** What goes wrong. */
  public enum Fault {
    /** The third step's loss is NaN, or a proxy's score. */
    DIVERGE,
    /** The first step, or a proxy, finds no memory. */
    OUT_OF_MEMORY,
    /**
     * The first step, or a proxy, writes through a null pointer: the process dies with a real
     * SIGSEGV.
     */
    CRASH,
    /** The first step, or a proxy, never ends, as in a driver that hangs: kill the process. */
    STALL;

    /** Goes wrong; gives a number only where the fault is a wrong one. */
    double strike() {
      return switch (this) {
        case DIVERGE -> Double.NaN;
        case OUT_OF_MEMORY ->
            throw new EngineException(
                new TrialFailure(
                    TrialFailure.Category.OUT_OF_MEMORY, false, "out of memory (injected fault)"));
        case CRASH -> {
          dieInNativeCode();
          yield Double.NaN;
        }
        case STALL -> stall();
      };
    }

    private static double stall() {
      while (true) {
        LockSupport.park();
      }
    }

    /** By reflection, since the compiler rightly warns of the class. */
    private static void dieInNativeCode() {
      try {
        Class<?> type = Class.forName("sun.misc.Unsafe");
        Field field = type.getDeclaredField("theUnsafe");
        field.setAccessible(true);
        type.getMethod("putAddress", long.class, long.class).invoke(field.get(null), 0L, 0L);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("this JVM gives no way to crash it", e);
      }
      throw new IllegalStateException("wrote to address 0 and survived");
    }
  }

  private record Rule(int trial, Fault fault, int attempts) {
    static Rule parse(String text) {
      String[] parts = text.strip().split(":", -1);
      try {
        if (parts.length == 2 || parts.length == 3) {
          return new Rule(
              Integer.parseInt(parts[0]),
              Fault.valueOf(parts[1].toUpperCase(Locale.ROOT)),
              parts.length == 3 ? Integer.parseInt(parts[2]) : Integer.MAX_VALUE);
        }
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(malformed(text), e);
      }
      throw new IllegalArgumentException(malformed(text));
    }

    private static String malformed(String text) {
      return "a fault is TRIAL:FAULT or TRIAL:FAULT:ATTEMPTS with FAULT one of diverge,"
          + " out_of_memory, crash, stall; got \""
          + text
          + "\"";
    }
  }

  /** No faults. */
  public static final FaultInjection NONE = new FaultInjection(List.of());

  private final List<Rule> rules;

  private FaultInjection(List<Rule> rules) {
    this.rules = List.copyOf(rules);
  }

  /**
   * Reads rules.
   *
   * @throws IllegalArgumentException naming the rule that is malformed
   */
  public static FaultInjection parse(List<String> rules) {
    List<Rule> parsed = new ArrayList<>();
    rules.forEach(rule -> parsed.add(Rule.parse(rule)));
    return new FaultInjection(parsed);
  }

  /**
   * The engine for one attempt at a trial: the given one, or one whose networks go wrong.
   *
   * @param attempt from 1
   */
  public Engine on(Engine engine, int trial, int attempt) {
    for (Rule rule : rules) {
      if (rule.trial() == trial && attempt <= rule.attempts()) {
        return new FaultyEngine(engine, rule.fault());
      }
    }
    return engine;
  }

  private record FaultyEngine(Engine engine, Fault fault) implements ForwardingEngine {
    @Override
    public Network compile(NetworkPlan plan, long seed, int threads) {
      return new FaultyNetwork(engine.compile(plan, seed, threads), fault);
    }

    @Override
    public Network compile(NetworkPlan plan, long seed, int threads, Precision precision) {
      return new FaultyNetwork(engine.compile(plan, seed, threads, precision), fault);
    }

    @Override
    public SharedNetwork compileShared(Supernet supernet, long seed, int threads) {
      return new FaultySupernet(engine.compileShared(supernet, seed, threads), fault);
    }

    @Override
    public SharedNetwork compileShared(
        Supernet supernet, long seed, int threads, Precision precision) {
      return new FaultySupernet(engine.compileShared(supernet, seed, threads, precision), fault);
    }
  }
}
