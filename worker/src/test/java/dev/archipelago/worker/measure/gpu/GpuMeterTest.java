package dev.archipelago.worker.measure.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.archipelago.protocol.device.DeviceReading;
import java.time.Duration;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class GpuMeterTest {
  private final FakeGpus gpus = new FakeGpus(new Driver("580", 130), FakeGpus.H200);
  private final AtomicLong nanos = new AtomicLong();
  private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
  private final GpuMeter meter = new GpuMeter(gpus, FakeGpus.H200, nanos::get, thread);

  @Test
  void tellsTheLatestReadingUntilItIsOld() throws InterruptedException {
    assertThat(meter.latest()).isEmpty();
    meter.sample();
    nanos.addAndGet(Duration.ofSeconds(9).toNanos());
    assertThat(meter.latest())
        .contains(
            new DeviceReading(
                OptionalDouble.of(0.5), OptionalLong.of(139L << 29), OptionalDouble.of(300)));
    nanos.addAndGet(Duration.ofSeconds(2).toNanos());
    assertThat(meter.latest()).isEmpty();

    meter.close();
    assertThat(thread.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    assertThat(gpus.isClosed()).isTrue();
  }
}
