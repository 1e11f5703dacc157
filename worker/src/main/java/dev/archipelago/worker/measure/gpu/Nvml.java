package dev.archipelago.worker.measure.gpu;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.LongByReference;
import com.sun.jna.ptr.PointerByReference;
import dev.archipelago.protocol.device.DeviceReading;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The GPUs of this machine by NVIDIA's Management Library, which comes with the driver and is
 * called through JNA.
 */
public final class Nvml implements GpuMonitor {
  private static final Logger LOG = LoggerFactory.getLogger(Nvml.class);

  /** As the driver installs it on Linux, and on Windows. */
  private static final String LINUX = "libnvidia-ml.so.1";

  private static final String WINDOWS = "nvml";

  /** More than NVML's own limits for versions, names and UUIDs. */
  private static final int TEXT_BYTES = 128;

  private static final String INSTALL =
      "For a GPU, install NVIDIA's driver; in a container, start it with --gpus all.";

  private final NvmlLibrary library;
  private final Driver driver;
  private final List<Gpu> gpus;
  private final Map<String, Pointer> handles = new ConcurrentHashMap<>();

  private Nvml(NvmlLibrary library) throws NvmlException {
    this.library = library;
    this.driver = new Driver(driverVersion(), cudaVersion());
    this.gpus = enumerate();
  }

  /** Looks for a driver on this machine; quick where there is none. */
  public static Gpus open() {
    String system = System.getProperty("os.name", "");
    if (system.equals("Linux") && !new Traces(Path.of("/")).any()) {
      return new Gpus.None("no NVIDIA GPU and no driver of one", INSTALL);
    }
    return open(system.startsWith("Windows") ? WINDOWS : LINUX);
  }

  /**
   * As {@link #open()}, with the library of this name.
   *
   * @param name of the library, or its path
   */
  static Gpus open(String name) {
    try {
      Native.isProtected(); // loads JNA's own library, which lies in a temporary file
    } catch (LinkageError e) {
      String said = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      return new Gpus.None(
          "GPUs cannot be looked for (JNA does not load: " + said + ")",
          "Make java.io.tmpdir a directory from which libraries may be loaded (no noexec).");
    }
    NvmlLibrary library;
    try {
      library = Native.load(name, NvmlLibrary.class);
    } catch (UnsatisfiedLinkError e) {
      return new Gpus.None("no NVIDIA driver (" + name + " not found)", INSTALL);
    }
    try {
      check("nvmlInit_v2", call(library::nvmlInit_v2));
    } catch (NvmlException e) {
      return new Gpus.None("the NVIDIA driver does not answer (" + e.getMessage() + ")", remedy(e));
    }
    try {
      return new Gpus.Watched(new Nvml(library));
    } catch (NvmlException e) {
      call(library::nvmlShutdown);
      return new Gpus.None("the NVIDIA driver does not answer (" + e.getMessage() + ")", remedy(e));
    }
  }

  private static String remedy(NvmlException refusal) {
    return switch (refusal.code()) {
      case NvmlStatus.DRIVER_NOT_LOADED -> "Load it (modprobe nvidia), or install it anew.";
      case NvmlStatus.LIB_RM_VERSION_MISMATCH -> "Reboot, so that the kernel has the new driver.";
      default -> "See what nvidia-smi says.";
    };
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
    try {
      return Optional.of(describe(handle(uuid), -1, uuid));
    } catch (NvmlException e) {
      return Optional.empty();
    }
  }

  @Override
  public DeviceReading read(Gpu gpu) {
    Pointer device;
    try {
      device = handle(gpu.uuid());
    } catch (NvmlException e) {
      return new DeviceReading(
          OptionalDouble.empty(), OptionalLong.empty(), OptionalDouble.empty());
    }
    NvmlLibrary.Utilization utilization = new NvmlLibrary.Utilization();
    NvmlLibrary.Memory memory = new NvmlLibrary.Memory();
    IntByReference milliwatts = new IntByReference();
    return new DeviceReading(
        tells(() -> library.nvmlDeviceGetUtilizationRates(device, utilization))
            ? OptionalDouble.of(utilization.gpu / 100.0)
            : OptionalDouble.empty(),
        tells(() -> library.nvmlDeviceGetMemoryInfo(device, memory))
            ? OptionalLong.of(memory.used)
            : OptionalLong.empty(),
        tells(() -> library.nvmlDeviceGetPowerUsage(device, milliwatts))
            ? OptionalDouble.of(milliwatts.getValue() / 1e3)
            : OptionalDouble.empty());
  }

  @Override
  public OptionalDouble joules(Gpu gpu) {
    try {
      Pointer device = handle(gpu.uuid());
      LongByReference millijoules = new LongByReference();
      return tells(() -> library.nvmlDeviceGetTotalEnergyConsumption(device, millijoules))
          ? OptionalDouble.of(millijoules.getValue() / 1e3)
          : OptionalDouble.empty();
    } catch (NvmlException e) {
      return OptionalDouble.empty();
    }
  }

  @Override
  public void close() {
    call(library::nvmlShutdown);
  }

  private String driverVersion() throws NvmlException {
    byte[] text = new byte[TEXT_BYTES];
    check(
        "nvmlSystemGetDriverVersion",
        call(() -> library.nvmlSystemGetDriverVersion(text, text.length)));
    return Native.toString(text, "UTF-8");
  }

  /** Tenfold: 130 for 13.0. */
  private int cudaVersion() throws NvmlException {
    IntByReference version = new IntByReference();
    check(
        "nvmlSystemGetCudaDriverVersion_v2",
        call(() -> library.nvmlSystemGetCudaDriverVersion_v2(version)));
    return version.getValue() / 1000 * 10 + version.getValue() % 1000 / 10;
  }

  private List<Gpu> enumerate() throws NvmlException {
    IntByReference count = new IntByReference();
    check("nvmlDeviceGetCount_v2", call(() -> library.nvmlDeviceGetCount_v2(count)));
    List<Gpu> found = new ArrayList<>();
    for (int i = 0; i < count.getValue(); i++) {
      try {
        found.add(describe(i));
      } catch (NvmlException e) { // lost, or another's: the count has those, too
        LOG.warn("GPU {} is left out: {}", i, e.getMessage());
      }
    }
    return List.copyOf(found);
  }

  private Gpu describe(int index) throws NvmlException {
    PointerByReference device = new PointerByReference();
    check(
        "nvmlDeviceGetHandleByIndex_v2",
        call(() -> library.nvmlDeviceGetHandleByIndex_v2(index, device)));
    byte[] uuid = new byte[TEXT_BYTES];
    check(
        "nvmlDeviceGetUUID",
        call(() -> library.nvmlDeviceGetUUID(device.getValue(), uuid, uuid.length)));
    return describe(device.getValue(), index, Native.toString(uuid, "UTF-8"));
  }

  private Gpu describe(Pointer device, int index, String uuid) throws NvmlException {
    byte[] name = new byte[TEXT_BYTES];
    check("nvmlDeviceGetName", call(() -> library.nvmlDeviceGetName(device, name, name.length)));
    NvmlLibrary.Memory memory = new NvmlLibrary.Memory();
    long bytes = tells(() -> library.nvmlDeviceGetMemoryInfo(device, memory)) ? memory.total : 0;
    IntByReference major = new IntByReference();
    IntByReference minor = new IntByReference();
    int capability =
        tells(() -> library.nvmlDeviceGetCudaComputeCapability(device, major, minor))
            ? major.getValue() * 10 + minor.getValue()
            : 0;
    return new Gpu(index, uuid, Native.toString(name, "UTF-8"), bytes, capability);
  }

  private Pointer handle(String uuid) throws NvmlException {
    Pointer known = handles.get(uuid);
    if (known != null) {
      return known;
    }
    PointerByReference device = new PointerByReference();
    check("nvmlDeviceGetHandleByUUID", call(() -> library.nvmlDeviceGetHandleByUUID(uuid, device)));
    handles.put(uuid, device.getValue());
    return device.getValue();
  }

  private static boolean tells(IntSupplier function) {
    return call(function) == NvmlStatus.SUCCESS;
  }

  private static void check(String function, int code) throws NvmlException {
    if (code != NvmlStatus.SUCCESS) {
      throw new NvmlException(function, code);
    }
  }

  /** JNA looks a function up when it is called first; an old driver may lack one. */
  private static int call(IntSupplier function) {
    try {
      return function.getAsInt();
    } catch (UnsatisfiedLinkError e) {
      return NvmlStatus.FUNCTION_NOT_FOUND;
    }
  }
}
