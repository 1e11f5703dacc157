/**
 * NVIDIA's GPUs as their driver knows them: which there are, and what they do. Nothing here
 * computes on one, and nothing is loaded before it is asked for.
 *
 * <p>Entry points: {@link dev.archipelago.worker.measure.gpu.Nvml#open}, whose answer is {@link
 * dev.archipelago.worker.measure.gpu.Gpus}, and {@link
 * dev.archipelago.worker.measure.gpu.GpuMeter}. The only importer of JNA. May use {@code protocol}
 * and {@code worker.measure}.
 */
@NullMarked
package dev.archipelago.worker.measure.gpu;

import org.jspecify.annotations.NullMarked;
