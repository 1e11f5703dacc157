/**
 * Who gets the next free worker, and how far a configuration is trained. Pure: no clock, no actors.
 *
 * <p>Entry points: {@link dev.archipelago.controller.schedule.FairShare}, {@link
 * dev.archipelago.controller.schedule.Scheduler}. One package per family of schedulers below.
 */
@NullMarked
package dev.archipelago.controller.schedule;

import org.jspecify.annotations.NullMarked;
