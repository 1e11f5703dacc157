package dev.archipelago.worker.torch;

import dev.archipelago.protocol.device.Capability;
import dev.archipelago.protocol.space.NetworkPlan;
import dev.archipelago.protocol.space.Supernet;
import dev.archipelago.protocol.trial.Precision;
import dev.archipelago.worker.engine.Engine;
import dev.archipelago.worker.engine.EngineException;
import dev.archipelago.worker.engine.Initializer;
import dev.archipelago.worker.engine.MemoryLimit;
import dev.archipelago.worker.engine.Network;
import dev.archipelago.worker.engine.SharedNetwork;
import java.util.Set;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.DeviceOptional;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compiles plans to libtorch tensors and operations.
 *
 * <p>Two runs with equal plan, seed, threads and batches give equal bits on one CPU model: weights
 * come from {@link Initializer}, and no operation here draws random numbers. A worker process
 * should start with the {@code MALLOC_} settings of {@code docs/architecture.md}: with glibc's
 * defaults a step takes up to four times as long.
 */
public final class TorchEngine implements Engine {

  static {
    // JavaCPP would read /proc at every tensor to bound the process's memory, and run the garbage
    // collector when it is above twice the Java heap; here every tensor is freed by a scope.
    System.setProperty("org.bytedeco.javacpp.maxbytes", "0");
    System.setProperty("org.bytedeco.javacpp.maxphysicalbytes", "0");
  }

  private static final Logger LOG = LoggerFactory.getLogger(TorchEngine.class);

  /** Of every engine of this kind, also before its library is loaded. */
  public static final Set<Capability> CAPABILITIES = Set.of(Capability.values());

  /** Before libtorch is touched. */
  private static final TorchBuild BUILD = TorchBuild.chosen();

  static {
    if (BUILD instanceof TorchBuild.Fallback) {
      LOG.info("libtorch runs on the CPU: {}", BUILD.whyNoGpu().orElseThrow());
    }
  }

  private final String device;
  private final Place place;
  private final MemoryLimit limit;

  /**
   * Loads the native library.
   *
   * @param device {@code cpu}, {@code cuda} or {@code cuda:0}
   * @param memoryLimitBytes refuse what is estimated to need more; 0 for no limit but the machine's
   * @throws IllegalArgumentException if there is no such device
   */
  public TorchEngine(String device, long memoryLimitBytes) {
    if (!device.matches("cpu|cuda(:\\d+)?")) {
      throw new IllegalArgumentException("a device is cpu or cuda:0, got \"" + device + "\"");
    }
    if (device.startsWith("cuda") && !torch.cuda_is_available()) {
      throw new IllegalArgumentException(
          "no CUDA device: "
              + BUILD.whyNoGpu().orElse("the driver shows none (CUDA_VISIBLE_DEVICES?).")
              + " Or start the worker with --device cpu");
    }
    this.device = device;
    this.limit = new MemoryLimit(memoryLimitBytes);
    this.place = Place.of(device);
    if (place.device().is_cuda()) {
      computeTheSameEachTime();
      check(place);
    }
    torch.globalContext().setUserEnabledNNPACK(false); // it floods standard error, and is no faster
  }

  /** A GPU that does not compute is to be refused before trials fail on it. */
  private static void check(Place place) {
    TensorOptions there = new TensorOptions().device(new DeviceOptional(place.device()));
    try (PointerScope scope = new PointerScope()) {
      torch.ones(new long[] {1}, there).item_double();
    } catch (RuntimeException e) {
      String said = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      throw new IllegalArgumentException(
          "device %s cannot be used: %s. doctor says more"
              .formatted(place.device().str().getString(), said),
          e);
    }
  }

  /**
   * As far as a GPU can: the same algorithms each time, and float32 where float32 is asked for, not
   * TF32's 10 bits. Decision 0012 says what this costs, and what still varies.
   */
  private static void computeTheSameEachTime() {
    torch.globalContext().setBenchmarkCuDNN(false);
    torch.globalContext().setDeterministicCuDNN(true);
    torch.globalContext().setAllowTF32CuDNN(false);
    torch.globalContext().setAllowTF32CuBLAS(false);
  }

  /** On the CPU, bounded by the machine's memory alone. */
  public static TorchEngine onCpu() {
    return new TorchEngine("cpu", 0);
  }

  @Override
  public String name() {
    return "torch";
  }

  @Override
  public String device() {
    return device;
  }

  @Override
  public Set<Capability> capabilities() {
    return CAPABILITIES;
  }

  /**
   * @throws EngineException as the interface says
   */
  @Override
  public Network compile(NetworkPlan plan, long seed, int threads) {
    return compile(plan, seed, threads, Precision.FLOAT32);
  }

  /**
   * @throws EngineException as the interface says; every precision is there
   */
  @Override
  public Network compile(NetworkPlan plan, long seed, int threads, Precision precision) {
    limit.check(plan, 1);
    return NativeFailure.translate(
        () -> {
          torch.set_num_threads(threads);
          TorchNetwork network = new TorchNetwork(plan, place, limit, precision);
          network.load(Initializer.weights(plan, seed));
          return network;
        });
  }

  /**
   * @throws EngineException as the interface says
   */
  @Override
  public SharedNetwork compileShared(Supernet supernet, long seed, int threads) {
    return compileShared(supernet, seed, threads, Precision.FLOAT32);
  }

  /**
   * @throws EngineException as the interface says; every precision is there
   */
  @Override
  public SharedNetwork compileShared(
      Supernet supernet, long seed, int threads, Precision precision) {
    limit.check(supernet.plan(), 1);
    return NativeFailure.translate(
        () -> {
          torch.set_num_threads(threads);
          TorchSharedNetwork network =
              new TorchSharedNetwork(supernet, place, limit, ScalarType.Float, precision);
          network.load(Initializer.weights(supernet.plan(), seed));
          return network;
        });
  }

  /** Between networks, images are kept on a GPU. */
  @Override
  public boolean keepsImages() {
    return place.galleries().map(Galleries::haveRoom).orElse(false);
  }

  @Override
  public void close() {
    place.close();
  }
}
