/**
 * Asynchronous successive halving: promote whenever some rung has one to promote.
 *
 * <p>Entry point: {@link dev.archipelago.controller.schedule.asha.Asha}. Knows the SPI only.
 */
@NullMarked
package dev.archipelago.controller.schedule.asha;

import org.jspecify.annotations.NullMarked;
