/**
 * Who gets the next free worker. Pure: no clock, no actors.
 *
 * <p>Entry point: {@link dev.archipelago.controller.schedule.FairShare}.
 */
@NullMarked
package dev.archipelago.controller.schedule;

import org.jspecify.annotations.NullMarked;
