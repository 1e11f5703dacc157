/**
 * NAS-Bench-201 as a table: every architecture of a small space with what training it gave, so that
 * a search can be simulated.
 *
 * <p>Entry points: {@link dev.archipelago.controller.tabular.Table}, {@link
 * dev.archipelago.controller.tabular.TabularBench}. Knows the spaces, strategies and schedules;
 * neither a strategy nor a schedule may know this package, because the table holds what no search
 * may see.
 */
@NullMarked
package dev.archipelago.controller.tabular;

import org.jspecify.annotations.NullMarked;
