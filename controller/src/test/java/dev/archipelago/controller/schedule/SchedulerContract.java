package dev.archipelago.controller.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.archipelago.controller.strategy.FixedSettings;
import dev.archipelago.protocol.random.SplitMix64;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What every scheduler keeps to; its test inherits this. */
public abstract class SchedulerContract {
  private static final int HISTORIES = 300;

  protected abstract SchedulerKind kind();

  /**
   * Digest of the steps of one history and of the state after them, as some JVM once printed it. It
   * changes only together with {@link SchedulerKind#algorithmVersion}.
   */
  protected abstract String goldenDigest();

  /** An event of a history, as a search would journal it. */
  private interface Event extends UnaryOperator<Scheduler> {}

  /** A search of random size with random results that come in any order, played to its end. */
  private static final class History {
    final SplitMix64 random;
    final ScheduleContext context;
    final int workers;
    final int failures; // of 100 evaluations
    final int lastStart;
    final List<Event> journal = new ArrayList<>();
    final List<Integer> reached = new ArrayList<>();
    final List<Step> steps = new ArrayList<>();
    final Map<Integer, Integer> rungOf = new HashMap<>();
    final Map<Integer, Boolean> promotable = new HashMap<>();
    final List<int[]> outstanding = new ArrayList<>();
    int started;
    int number;
    boolean exhausted;

    History(long seed, int failures) {
      this.random = SplitMix64.of(seed, failures);
      this.context = new ScheduleContext(1 + random.nextInt(60), 1 + random.nextInt(5));
      this.workers = 1 + random.nextInt(8);
      this.failures = failures;
      // In every third history the strategy has nothing more to propose at some point.
      this.lastStart = random.nextInt(3) == 0 ? random.nextInt(40) : Integer.MAX_VALUE;
    }

    Scheduler play(Scheduler start, UnaryOperator<Scheduler> between) {
      Scheduler scheduler = start;
      for (int guard = 0; guard < 5_000; guard++) {
        scheduler = between.apply(scheduler);
        Step step = scheduler.next();
        assertThat(scheduler.next()).isEqualTo(step);
        steps.add(step);
        boolean busy = outstanding.size() >= workers || random.nextInt(4) == 0;
        if (step instanceof Step.Wait) {
          assertThat(outstanding).as("waits while nothing is outstanding").isNotEmpty();
          scheduler = record(scheduler, tell());
        } else if (busy && !outstanding.isEmpty()) {
          scheduler = record(scheduler, tell());
        } else if (step instanceof Step.Start begin) {
          scheduler = record(scheduler, begin(begin));
        } else if (step instanceof Step.Promote promote) {
          scheduler = record(scheduler, began(promote));
        } else if (outstanding.isEmpty()) {
          return scheduler;
        } else { // what is done stays so
          scheduler = record(scheduler, tell());
          assertThat(scheduler.next()).isInstanceOf(Step.Done.class);
        }
      }
      throw new AssertionError("does not come to its end");
    }

    private Scheduler record(Scheduler scheduler, Event event) {
      journal.add(event);
      byte[] before = scheduler.encode();
      Scheduler after = event.apply(scheduler);
      assertThat(scheduler.encode()).as("the old state").isEqualTo(before);
      return after;
    }

    private Event begin(Step.Start begin) {
      assertThat(exhausted).as("starts after the strategy is exhausted").isFalse();
      assertThat(started).as("starts beyond the budget").isLessThan(context.configurations());
      assertThat(begin.rung()).isBetween(0, context.rungs() - 1);
      if (started >= lastStart) {
        exhausted = true;
        return Scheduler::exhausted;
      }
      number += random.nextInt(5) == 0 ? 3 : 1; // some proposals broke a limit
      started++;
      return began(number, begin.rung());
    }

    private Event began(Step.Promote promote) {
      int configuration = promote.configuration();
      assertThat(promotable).as("promotes without a result").containsEntry(configuration, true);
      assertThat(promote.rung()).isEqualTo(rungOf.get(configuration) + 1);
      assertThat(promote.rung()).isLessThan(context.rungs());
      return began(configuration, promote.rung());
    }

    private Event began(int configuration, int rung) {
      rungOf.put(configuration, rung);
      promotable.put(configuration, false);
      outstanding.add(new int[] {configuration, rung});
      reached.add(rung);
      return scheduler -> scheduler.began(configuration, rung);
    }

    private Event tell() {
      int[] told = outstanding.remove(random.nextInt(outstanding.size()));
      int configuration = told[0];
      int rung = told[1];
      boolean failed = random.nextInt(100) < failures;
      // Few different rewards, so that there are ties.
      double reward = random.nextInt(10) / 10.0 + rung;
      promotable.put(configuration, !failed);
      return scheduler ->
          scheduler.tell(
              configuration, rung, failed ? OptionalDouble.empty() : OptionalDouble.of(reward));
    }
  }

  @Test
  void comesToItsEndInWhateverOrderResultsCome() {
    for (int seed = 0; seed < HISTORIES; seed++) {
      History history = new History(seed, 0);
      history.play(start(history), UnaryOperator.identity());
      assertThat(history.started)
          .isEqualTo(Math.min(history.context.configurations(), history.lastStart));
      if (history.started > 0) {
        assertThat(history.reached).contains(history.context.rungs() - 1);
      }
    }
  }

  @Test
  void survivesFailures() {
    for (int failures : new int[] {20, 90, 100}) {
      for (int seed = 0; seed < HISTORIES / 3; seed++) {
        History history = new History(seed, failures);
        history.play(start(history), UnaryOperator.identity());
        assertThat(history.started)
            .isEqualTo(Math.min(history.context.configurations(), history.lastStart));
      }
    }
  }

  @Test
  void replayEqualsWhatWasLive() {
    for (int seed = 0; seed < 50; seed++) {
      History history = new History(seed, 20);
      Scheduler live = history.play(start(history), UnaryOperator.identity());
      Scheduler replayed = start(history);
      for (Event event : history.journal) {
        replayed = event.apply(replayed);
      }
      assertThat(replayed.encode()).isEqualTo(live.encode());
    }
  }

  @Test
  void decodedStateGoesOnBitForBit() {
    for (int seed = 0; seed < 50; seed++) {
      History one = new History(seed, 20);
      Scheduler end = one.play(start(one), UnaryOperator.identity());
      History other = new History(seed, 20);
      Scheduler decoded =
          other.play(
              start(other),
              state -> {
                Scheduler read = kind().decode(other.context, state.encode());
                assertThat(read.encode()).isEqualTo(state.encode());
                return read;
              });
      assertThat(other.steps).isEqualTo(one.steps);
      assertThat(decoded.encode()).isEqualTo(end.encode());
    }
  }

  @Test
  void refusesBytesThatAreNoState() {
    History history = new History(5, 0);
    byte[] state = history.play(start(history), UnaryOperator.identity()).encode();
    for (byte[] wrong :
        List.of(
            new byte[0],
            Arrays.copyOf(state, state.length - 1),
            Arrays.copyOf(state, state.length + 1))) {
      assertThatThrownBy(() -> kind().decode(history.context, wrong))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void settingsReadBackGiveTheSameKind() {
    SchedulerKind kind = kind();
    assertThat(Schedulers.of(kind.kind(), new FixedSettings(kind.settings()))).isEqualTo(kind);
    assertThat(Schedulers.kinds()).contains(kind.kind());
  }

  /** Quadratic work would take minutes. */
  @Test
  void staysFastWithTenThousandConfigurations() {
    ScheduleContext context = new ScheduleContext(10_000, 4);
    SplitMix64 random = new SplitMix64(3);
    assertTimeout(
        Duration.ofSeconds(20),
        () ->
            Races.run(
                kind(), context, (configuration, rung) -> OptionalDouble.of(random.nextDouble())));
  }

  @Test
  void isTheSameInEveryJvm() throws Exception {
    History history = new History(9, 10);
    Scheduler end = history.play(start(history), UnaryOperator.identity());
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (int rung : history.reached) {
      digest.update(ByteBuffer.allocate(4).putInt(rung).array());
    }
    digest.update(end.encode());
    assertThat(HexFormat.of().formatHex(digest.digest(), 0, 16)).isEqualTo(goldenDigest());
  }

  private Scheduler start(History history) {
    return kind().start(history.context);
  }
}
