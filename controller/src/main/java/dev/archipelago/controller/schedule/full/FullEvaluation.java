package dev.archipelago.controller.schedule.full;

import dev.archipelago.controller.schedule.ScheduleContext;
import dev.archipelago.controller.schedule.Scheduler;
import dev.archipelago.controller.schedule.SchedulerKind;
import dev.archipelago.controller.schedule.Step;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.OptionalDouble;

/** Every configuration starts on the last rung, the whole evaluation: no early stopping. */
public record FullEvaluation() implements SchedulerKind {
  public static final String KIND = "none";

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Map<String, Object> settings() {
    return Map.of();
  }

  @Override
  public int algorithmVersion() {
    return 1;
  }

  @Override
  public Scheduler start(ScheduleContext context) {
    return new Counter(context.configurations(), context.rungs() - 1);
  }

  @Override
  public Scheduler decode(ScheduleContext context, byte[] state) {
    if (state.length != Integer.BYTES) {
      throw new IllegalArgumentException("the state has 4 bytes, got " + state.length);
    }
    return new Counter(ByteBuffer.wrap(state).getInt(), context.rungs() - 1);
  }

  /**
   * @param left configurations that may yet be started
   * @param rung where they start
   */
  private record Counter(int left, int rung) implements Scheduler {
    @Override
    public Step next() {
      return left > 0 ? new Step.Start(rung) : new Step.Done("all configurations are started");
    }

    @Override
    public Scheduler began(int configuration, int on) {
      return new Counter(left - 1, rung);
    }

    @Override
    public Scheduler tell(int configuration, int on, OptionalDouble reward) {
      return this;
    }

    @Override
    public Scheduler exhausted() {
      return new Counter(0, rung);
    }

    @Override
    public byte[] encode() {
      return ByteBuffer.allocate(Integer.BYTES).putInt(left).array();
    }
  }
}
