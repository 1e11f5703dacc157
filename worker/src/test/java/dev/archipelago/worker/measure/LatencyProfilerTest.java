package dev.archipelago.worker.measure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.archipelago.protocol.space.NetworkPlan.Parameter;
import dev.archipelago.protocol.space.Shape;
import dev.archipelago.protocol.space.Task;
import dev.archipelago.protocol.trial.Latency;
import dev.archipelago.protocol.trial.Profiling;
import dev.archipelago.worker.engine.Batch;
import dev.archipelago.worker.engine.Network;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LatencyProfilerTest {
  private static final Task TASK = new Task(new Shape(1, 4, 4), 3);

  /**
   * Moves the clock by a time of its own at every inference: warm-up is slow, then 1, 2, 3... us.
   */
  private static final class FakeNetwork implements Network {
    private final int warmUp;
    private final List<Integer> batchSizes = new ArrayList<>();
    private long nanos;
    private int runs;

    FakeNetwork(int warmUp) {
      this.warmUp = warmUp;
    }

    @Override
    public void infer(Batch batch, float[] logits) {
      assertThat(logits).hasSize(batch.size() * TASK.classes());
      if (batchSizes.isEmpty() || batchSizes.get(batchSizes.size() - 1) != batch.size()) {
        runs = 0;
      }
      batchSizes.add(batch.size());
      nanos += runs < warmUp ? 1_000_000_000L : 1000L * batch.size() * (runs - warmUp + 1);
      runs++;
    }

    @Override
    public List<Parameter> parameters() {
      return List.of();
    }

    @Override
    public double step(Batch batch, Sgd sgd) {
      throw new AssertionError("profiling does not train");
    }

    @Override
    public Map<String, float[]> weights() {
      return Map.of();
    }

    @Override
    public int load(Map<String, float[]> weights) {
      return 0;
    }

    @Override
    public Map<String, float[]> checkpoint() {
      return Map.of();
    }

    @Override
    public boolean restore(Map<String, float[]> checkpoint) {
      return false;
    }

    @Override
    public void close() {}
  }

  @Test
  void givesNearestRanksOfBothBatchSizesAfterWarmUp() {
    FakeNetwork network = new FakeNetwork(3);
    List<Latency> latency = profile(network, new Profiling(8, 3, 20));
    assertThat(latency)
        .containsExactly(
            new Latency(1, Duration.ofNanos(10_000), Duration.ofNanos(19_000)),
            new Latency(8, Duration.ofNanos(80_000), Duration.ofNanos(152_000)));
    assertThat(network.batchSizes).hasSize(46);
  }

  @Test
  void oneRunIsItsOwnPercentiles() {
    assertThat(profile(new FakeNetwork(0), new Profiling(1, 0, 1)))
        .containsExactly(new Latency(1, Duration.ofNanos(1000), Duration.ofNanos(1000)));
  }

  @Test
  void roundsRanksUp() {
    assertThat(profile(new FakeNetwork(0), new Profiling(1, 0, 5)))
        .containsExactly(new Latency(1, Duration.ofNanos(3000), Duration.ofNanos(5000)));
  }

  @Test
  void measuresNothingWhereNoRunsAreAskedFor() {
    FakeNetwork network = new FakeNetwork(0);
    assertThat(profile(network, new Profiling(8, 3, 0))).isEmpty();
    assertThat(network.batchSizes).isEmpty();
  }

  private static List<Latency> profile(FakeNetwork network, Profiling profiling) {
    return new LatencyProfiler(() -> network.nanos).profile(network, TASK, profiling);
  }
}
