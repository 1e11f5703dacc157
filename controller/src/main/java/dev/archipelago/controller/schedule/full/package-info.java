/**
 * Full evaluation: what a search does where its spec names no schedule.
 *
 * <p>Entry point: {@link dev.archipelago.controller.schedule.full.FullEvaluation}. Knows the SPI
 * only.
 */
@NullMarked
package dev.archipelago.controller.schedule.full;

import org.jspecify.annotations.NullMarked;
