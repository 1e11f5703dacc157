/**
 * What a network costs on this machine: latency of inference, memory of the process. FLOPs are
 * counted from the plan, by {@code PlanCost}, and not measured.
 *
 * <p>Entry points: {@link dev.archipelago.worker.measure.LatencyProfiler} and {@link
 * dev.archipelago.worker.measure.PeakMemory}. May use {@code protocol} and {@code worker.engine}.
 */
@NullMarked
package dev.archipelago.worker.measure;

import org.jspecify.annotations.NullMarked;
