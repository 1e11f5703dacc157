package dev.archipelago.worker.measure.gpu;

import dev.archipelago.protocol.device.DeviceReading;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** GPUs that are not there. */
public final class FakeGpus implements GpuMonitor {
  public static final Gpu H200 = new Gpu(0, "GPU-5d1f", "NVIDIA H200", 139L << 30, 90);
  public static final Gpu A100 = new Gpu(1, "GPU-77aa", "NVIDIA A100", 40L << 30, 80);
  public static final Gpu SLICE = new Gpu(-1, "MIG-c0de", "NVIDIA H200 MIG 1g.18gb", 18L << 30, 90);

  private final Driver driver;
  private final List<Gpu> gpus;
  private double joules;
  private boolean closed;

  public FakeGpus(Driver driver, Gpu... gpus) {
    this.driver = driver;
    this.gpus = List.of(gpus);
  }

  /** With a driver that is new enough for everything. */
  public static Gpus with(Gpu... gpus) {
    return new Gpus.Watched(new FakeGpus(new Driver("580.65.06", 130), gpus));
  }

  public boolean isClosed() {
    return closed;
  }

  @Override
  public Driver driver() {
    return driver;
  }

  @Override
  public List<Gpu> gpus() {
    return gpus;
  }

  @Override
  public Optional<Gpu> find(String uuid) {
    return Optional.of(SLICE).filter(slice -> slice.uuid().equals(uuid));
  }

  @Override
  public DeviceReading read(Gpu gpu) {
    return new DeviceReading(
        OptionalDouble.of(0.5), OptionalLong.of(gpu.memoryBytes() / 2), OptionalDouble.of(300));
  }

  /** Every look costs ten joules. */
  @Override
  public OptionalDouble joules(Gpu gpu) {
    joules += 10;
    return OptionalDouble.of(joules);
  }

  @Override
  public void close() {
    closed = true;
  }
}
