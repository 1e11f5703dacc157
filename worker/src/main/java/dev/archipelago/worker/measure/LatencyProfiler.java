package dev.archipelago.worker.measure;

import dev.archipelago.protocol.random.SplitMix64;
import dev.archipelago.protocol.space.Task;
import dev.archipelago.protocol.trial.Latency;
import dev.archipelago.protocol.trial.Profiling;
import dev.archipelago.worker.engine.Batch;
import dev.archipelago.worker.engine.Network;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

/**
 * Times inference from a batch in memory to logits in memory, copies to and from the device
 * included: what a caller would wait for.
 *
 * <p>p50 and p95 are nearest-rank percentiles, so each is a time that was really seen.
 */
public final class LatencyProfiler {
  private final LongSupplier nanoClock;

  /**
   * @param nanoClock a monotonic clock in nanoseconds, {@link System#nanoTime}
   */
  public LatencyProfiler(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
  }

  /**
   * @return batch 1, then the chosen batch if it is another; empty where no runs are asked for
   */
  public List<Latency> profile(Network network, Task task, Profiling profiling) {
    if (profiling.runs() == 0) {
      return List.of();
    }
    return IntStream.of(1, profiling.batchSize())
        .distinct()
        .mapToObj(batchSize -> measure(network, task, batchSize, profiling))
        .toList();
  }

  private Latency measure(Network network, Task task, int batchSize, Profiling profiling) {
    Batch batch = noise(task, batchSize);
    float[] logits = new float[batchSize * task.classes()];
    for (int i = 0; i < profiling.warmUp(); i++) {
      network.infer(batch, logits);
    }
    long[] nanos = new long[profiling.runs()];
    for (int i = 0; i < nanos.length; i++) {
      long start = nanoClock.getAsLong();
      network.infer(batch, logits);
      nanos[i] = nanoClock.getAsLong() - start;
    }
    Arrays.sort(nanos);
    return new Latency(batchSize, percentile(nanos, 50), percentile(nanos, 95));
  }

  /** The smallest value that at least so many percent of all do not exceed. */
  private static Duration percentile(long[] sorted, int percent) {
    int rank = (int) ((sorted.length * (long) percent + 99) / 100);
    return Duration.ofNanos(sorted[rank - 1]);
  }

  /** Zeros and ones, which are tokens of every alphabet, too; the same at every call. */
  private static Batch noise(Task task, int batchSize) {
    Batch batch = new Batch(batchSize, Math.toIntExact(task.input().elements()));
    SplitMix64 random = new SplitMix64(0);
    for (int i = 0; i < batchSize * batch.elements(); i++) {
      batch.images().put(i, random.nextInt(2));
    }
    batch.size(batchSize);
    return batch;
  }
}
