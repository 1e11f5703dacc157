/* Stands for NVIDIA's driver: two GPUs that say fixed things. Signatures and structs as in nvml.h.
 * Compiled by NvmlTest, with -D for what is to go wrong. */
#include <string.h>

typedef int nvmlReturn_t;
typedef struct nvmlDevice_st {
  int index;
} *nvmlDevice_t;
typedef struct {
  unsigned long long total, free, used;
} nvmlMemory_t;
typedef struct {
  unsigned int gpu, memory;
} nvmlUtilization_t;

#ifndef INIT
#define INIT 0
#endif
#ifndef COUNT
#define COUNT 2
#endif

static int opened;
static struct nvmlDevice_st devices[2] = {{0}, {1}};
static const char *uuids[2] = {"GPU-5d1f", "GPU-77aa"};
static const char *names[2] = {"NVIDIA H200", "NVIDIA A100-SXM4-40GB"};

static nvmlReturn_t text(const char *from, char *to, unsigned int length) {
  if (strlen(from) + 1 > length) return 7;
  strcpy(to, from);
  return 0;
}

nvmlReturn_t nvmlInit_v2(void) {
  if (INIT == 0) opened++;
  return INIT;
}

nvmlReturn_t nvmlShutdown(void) {
  return opened-- > 0 ? 0 : 1;
}

nvmlReturn_t nvmlSystemGetDriverVersion(char *version, unsigned int length) {
  return opened > 0 ? text("580.65.06", version, length) : 1;
}

nvmlReturn_t nvmlSystemGetCudaDriverVersion_v2(int *version) {
  *version = 12040;
  return 0;
}

nvmlReturn_t nvmlDeviceGetCount_v2(unsigned int *count) {
  *count = COUNT;
  return 0;
}

nvmlReturn_t nvmlDeviceGetHandleByIndex_v2(unsigned int index, nvmlDevice_t *device) {
  if (index >= 2) return 2;
  *device = &devices[index];
  return 0;
}

nvmlReturn_t nvmlDeviceGetHandleByUUID(const char *uuid, nvmlDevice_t *device) {
  for (int i = 0; i < 2; i++) {
    if (strcmp(uuid, uuids[i]) == 0) {
      *device = &devices[i];
      return 0;
    }
  }
  return 6;
}

nvmlReturn_t nvmlDeviceGetUUID(nvmlDevice_t device, char *uuid, unsigned int length) {
  return text(uuids[device->index], uuid, length);
}

nvmlReturn_t nvmlDeviceGetName(nvmlDevice_t device, char *name, unsigned int length) {
  return text(names[device->index], name, length);
}

nvmlReturn_t nvmlDeviceGetCudaComputeCapability(nvmlDevice_t device, int *major, int *minor) {
  *major = device->index == 0 ? 9 : 8;
  *minor = 0;
  return 0;
}

nvmlReturn_t nvmlDeviceGetMemoryInfo(nvmlDevice_t device, nvmlMemory_t *memory) {
  memory->total = device->index == 0 ? 150754820096ULL : 42949672960ULL;
  memory->used = 5000000001ULL + device->index;
  memory->free = memory->total - memory->used;
  return 0;
}

nvmlReturn_t nvmlDeviceGetUtilizationRates(nvmlDevice_t device, nvmlUtilization_t *utilization) {
  if (device->index == 1) return 3;
  utilization->gpu = 73;
  utilization->memory = 41;
  return 0;
}

nvmlReturn_t nvmlDeviceGetPowerUsage(nvmlDevice_t device, unsigned int *milliwatts) {
  *milliwatts = 612345 + device->index;
  return 0;
}

#ifndef OLD
nvmlReturn_t nvmlDeviceGetTotalEnergyConsumption(nvmlDevice_t device, unsigned long long *mj) {
  *mj = 9876543210123ULL + device->index;
  return 0;
}
#endif
