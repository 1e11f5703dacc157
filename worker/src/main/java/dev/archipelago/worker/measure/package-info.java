/**
 * What a network costs on this machine: latency of inference, memory of the process, energy of the
 * device where that counts it. FLOPs are counted from the plan, by {@code PlanCost}, and not
 * measured.
 *
 * <p>Entry points: {@link dev.archipelago.worker.measure.LatencyProfiler}, {@link
 * dev.archipelago.worker.measure.PeakMemory} and {@link dev.archipelago.worker.measure.Energy}. May
 * use {@code protocol} and {@code worker.engine}.
 */
@NullMarked
package dev.archipelago.worker.measure;

import org.jspecify.annotations.NullMarked;
