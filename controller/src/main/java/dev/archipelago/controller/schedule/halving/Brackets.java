package dev.archipelago.controller.schedule.halving;

import dev.archipelago.controller.schedule.ScheduleContext;
import dev.archipelago.controller.schedule.Scheduler;
import dev.archipelago.controller.schedule.StateReader;
import dev.archipelago.controller.schedule.StateWriter;
import dev.archipelago.controller.schedule.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.pcollections.PVector;
import org.pcollections.TreePVector;

/**
 * The state of {@link SuccessiveHalving} and {@link Hyperband}.
 *
 * @param left configurations that may yet be started
 * @param opened brackets that have begun so far
 * @param last number of the configuration that was started last; -1 before the first
 * @param open brackets that are not finished, the oldest first; only the last may not be full
 */
record Brackets(Plan plan, int left, int opened, int last, PVector<Bracket> open)
    implements Scheduler {
  private static final char FORMAT = 'H';

  static Brackets start(Plan plan, ScheduleContext context) {
    return new Brackets(plan, context.configurations(), 0, -1, TreePVector.empty());
  }

  static Brackets decode(Plan plan, ScheduleContext context, byte[] state) {
    StateReader in = new StateReader(FORMAT, state);
    int left = in.whole(0, context.configurations());
    int opened = in.whole(0, Integer.MAX_VALUE);
    int last = in.whole(-1, Integer.MAX_VALUE);
    int count = in.whole(0, opened);
    List<Bracket> open = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      open.add(Bracket.read(plan, in));
    }
    in.end();
    return new Brackets(plan, left, opened, last, TreePVector.from(open));
  }

  /** Older brackets first, so that what is trained furthest is finished first. */
  @Override
  public Step next() {
    for (Bracket bracket : open) {
      Optional<Step> step = bracket.next(plan.eta());
      if (step.isPresent()) {
        return step.get();
      }
    }
    if (left > 0) {
      return new Step.Start(plan.shape(opened).rung());
    }
    return open.isEmpty()
        ? new Step.Done("every bracket is finished")
        : new Step.Wait(); // an unfinished bracket with no step has a result outstanding
  }

  @Override
  public Scheduler began(int configuration, int rung) {
    if (configuration <= last) {
      int place = place(configuration);
      return with(left, open.with(place, open.get(place).began(rung)));
    }
    PVector<Bracket> brackets = open;
    int number = opened;
    if (open.isEmpty() || open.get(open.size() - 1).isFull()) {
      int size = Math.min(left, plan.shape(opened).size());
      brackets = open.plus(Bracket.open(plan, configuration, size, rung));
      number++;
    }
    int place = brackets.size() - 1;
    return new Brackets(
        plan,
        left - 1,
        number,
        configuration,
        brackets.with(place, brackets.get(place).began(rung)));
  }

  @Override
  public Scheduler tell(int configuration, int rung, OptionalDouble reward) {
    int place = place(configuration);
    return with(left, replaced(place, open.get(place).tell(configuration, rung, reward)));
  }

  @Override
  public Scheduler exhausted() {
    if (open.isEmpty()) {
      return with(0, open);
    }
    int place = open.size() - 1;
    return with(0, replaced(place, open.get(place).close()));
  }

  @Override
  public byte[] encode() {
    StateWriter out =
        new StateWriter(FORMAT).whole(left).whole(opened).whole(last).whole(open.size());
    open.forEach(bracket -> bracket.write(out));
    return out.bytes();
  }

  private Brackets with(int remaining, PVector<Bracket> brackets) {
    return new Brackets(plan, remaining, opened, last, brackets);
  }

  private PVector<Bracket> replaced(int place, Bracket bracket) {
    return bracket.isFinished(plan.eta()) ? open.minus(place) : open.with(place, bracket);
  }

  /** Of the bracket that has this configuration: the last that begins with it or before. */
  private int place(int configuration) {
    int place = open.size() - 1;
    while (place >= 0 && open.get(place).first() > configuration) {
      place--;
    }
    if (place < 0) {
      throw new IllegalArgumentException("configuration " + configuration + " is in no bracket");
    }
    return place;
  }
}
