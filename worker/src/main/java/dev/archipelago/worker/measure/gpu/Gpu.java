package dev.archipelago.worker.measure.gpu;

/**
 * A GPU, or a slice of one (MIG), as its driver names it.
 *
 * @param index by PCI bus, from 0; -1 for a slice
 * @param uuid {@code GPU-...}, or {@code MIG-...} for a slice
 * @param name {@code NVIDIA H200}
 * @param memoryBytes in all
 * @param computeCapability what programs it runs, 9.0 as 90; 0 where the driver does not say
 */
public record Gpu(int index, String uuid, String name, long memoryBytes, int computeCapability) {}
