/**
 * The median stopping rule: whatever is worse than half of the others goes no further.
 *
 * <p>Entry point: {@link dev.archipelago.controller.schedule.median.MedianStopping}. Knows the SPI
 * only.
 */
@NullMarked
package dev.archipelago.controller.schedule.median;

import org.jspecify.annotations.NullMarked;
