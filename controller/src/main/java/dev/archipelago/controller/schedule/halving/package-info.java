/**
 * Successive halving in brackets, and Hyperband, which varies where they start.
 *
 * <p>Entry points: {@link dev.archipelago.controller.schedule.halving.SuccessiveHalving}, {@link
 * dev.archipelago.controller.schedule.halving.Hyperband}. Knows the SPI only.
 */
@NullMarked
package dev.archipelago.controller.schedule.halving;

import org.jspecify.annotations.NullMarked;
