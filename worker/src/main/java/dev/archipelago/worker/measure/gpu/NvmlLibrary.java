package dev.archipelago.worker.measure.gpu;

import com.sun.jna.Library;
import com.sun.jna.Pointer;
import com.sun.jna.Structure;
import com.sun.jna.Structure.FieldOrder;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.LongByReference;
import com.sun.jna.ptr.PointerByReference;

/**
 * The functions of nvml.h that are used, under their names there. All return an {@code
 * nvmlReturn_t}; a device is an opaque pointer. <b>Checked by:</b> {@code NvmlTest}, against a
 * library that a C compiler made.
 */
@SuppressWarnings("MemberName") // as nvml.h has them
interface NvmlLibrary extends Library {

  /** {@code nvmlMemory_t}, in bytes. */
  @FieldOrder({"total", "free", "used"})
  class Memory extends Structure {
    public long total;
    public long free;
    public long used;
  }

  /** {@code nvmlUtilization_t}, in percent. */
  @FieldOrder({"gpu", "memory"})
  class Utilization extends Structure {
    public int gpu;
    public int memory;
  }

  int nvmlInit_v2();

  int nvmlShutdown();

  int nvmlSystemGetDriverVersion(byte[] version, int length);

  /** 1000 times the major version plus 10 times the minor. */
  int nvmlSystemGetCudaDriverVersion_v2(IntByReference version);

  int nvmlDeviceGetCount_v2(IntByReference count);

  int nvmlDeviceGetHandleByIndex_v2(int index, PointerByReference device);

  int nvmlDeviceGetHandleByUUID(String uuid, PointerByReference device);

  int nvmlDeviceGetUUID(Pointer device, byte[] uuid, int length);

  int nvmlDeviceGetName(Pointer device, byte[] name, int length);

  int nvmlDeviceGetCudaComputeCapability(
      Pointer device, IntByReference major, IntByReference minor);

  int nvmlDeviceGetMemoryInfo(Pointer device, Memory memory);

  int nvmlDeviceGetUtilizationRates(Pointer device, Utilization utilization);

  /** In milliwatts. */
  int nvmlDeviceGetPowerUsage(Pointer device, IntByReference power);

  /** In millijoules since the driver was loaded. */
  int nvmlDeviceGetTotalEnergyConsumption(Pointer device, LongByReference energy);
}
