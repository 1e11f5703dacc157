/**
 * Every architecture once.
 *
 * <p>Entry point: {@link dev.archipelago.controller.strategy.grid.Grid}. Knows the SPI, the spaces
 * and {@code genotype} only.
 */
@NullMarked
package dev.archipelago.controller.strategy.grid;

import org.jspecify.annotations.NullMarked;
