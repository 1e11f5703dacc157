/**
 * What a search costs, from a few trials that were measured: the search is played on a clock of its
 * own, with its own schedule, window and baseline, and with costs drawn from the measured ones.
 *
 * <p>Entry point: {@link dev.archipelago.controller.forecast.Forecast}. Knows specs and schedules;
 * no Akka, no clock, no files.
 */
@NullMarked
package dev.archipelago.controller.forecast;

import org.jspecify.annotations.NullMarked;
