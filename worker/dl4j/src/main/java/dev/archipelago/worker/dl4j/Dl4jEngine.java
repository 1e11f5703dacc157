package dev.archipelago.worker.dl4j;

import dev.archipelago.protocol.space.NetworkPlan;
import dev.archipelago.worker.engine.Engine;
import dev.archipelago.worker.engine.EngineException;
import dev.archipelago.worker.engine.Initializer;
import dev.archipelago.worker.engine.MemoryLimit;
import dev.archipelago.worker.engine.Network;
import org.deeplearning4j.config.DL4JSystemProperties;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/**
 * Compiles plans to Deeplearning4j's computation graphs, of stand-alone networks for images and
 * tables: supernets and recurrent networks are torch's.
 *
 * <p>Two runs with equal plan, seed, threads and batches give equal bits on one CPU model, as the
 * torch engine's do; weights and checkpoints have the same names and layouts in both.
 */
public final class Dl4jEngine implements Engine {

  static {
    // Layers by oneDNN; see org.nd4j.nativeblas.Nd4jCpu.
    System.setProperty(DL4JSystemProperties.DISABLE_HELPER_PROPERTY, "false");
    // JavaCPP would end a trial when the process is above twice the Java heap. Here large arrays
    // live
    // in workspaces of the size that they need, or are closed outright; the bound is the limit
    // below.
    System.setProperty("org.bytedeco.javacpp.maxbytes", "0");
    System.setProperty("org.bytedeco.javacpp.maxphysicalbytes", "0");
  }

  private final Nd4jDevice place;
  private final MemoryLimit limit;

  /**
   * Loads the native library.
   *
   * @param device {@code cpu}; {@code cuda:0} in a build with {@code -Pcuda-dl4j}
   * @param memoryLimitBytes refuse what is estimated to need more; 0 for no limit but the machine's
   * @throws IllegalArgumentException if there is no such device
   */
  public Dl4jEngine(String device, long memoryLimitBytes) {
    this.place = Nd4jDevice.of(device);
    this.limit = new MemoryLimit(memoryLimitBytes);
  }

  /** On the CPU, bounded by the machine's memory alone. */
  public static Dl4jEngine onCpu() {
    return new Dl4jEngine("cpu", 0);
  }

  /** On the first device of the backend that ND4J loads here, bounded by its memory alone. */
  public static Dl4jEngine onWhatIsThere() {
    return new Dl4jEngine(Nd4j.getEnvironment().isCPU() ? "cpu" : "cuda:0", 0);
  }

  @Override
  public String name() {
    return "dl4j";
  }

  @Override
  public String device() {
    return place.device();
  }

  /**
   * @throws EngineException as the interface says; with category INVALID_PLAN for a plan with
   *     recurrent layers or choices
   */
  @Override
  public Network compile(NetworkPlan plan, long seed, int threads) {
    limit.check(plan, 1);
    return NativeFailure.translate(
        () -> {
          place.bind();
          useThreads(threads);
          Dl4jNetwork network = new Dl4jNetwork(plan, limit);
          network.load(Initializer.weights(plan, seed));
          return network;
        });
  }

  /** ND4J's own loops, OpenMP's (oneDNN's among them) and OpenBLAS's. */
  private static void useThreads(int threads) {
    Nd4j.getEnvironment().setMaxThreads(threads);
    Nd4j.getEnvironment().setMaxMasterThreads(threads);
    NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(threads);
    Nd4j.factory().blas().setMaxThreads(threads);
  }

  /** Nothing is held between networks. */
  @Override
  public void close() {}
}
