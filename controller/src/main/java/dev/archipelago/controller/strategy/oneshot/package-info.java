/**
 * One network trained along uniform paths, by whose weights others are ranked: Bender et al. 2018;
 * Guo et al. 2020 (SPOS), arXiv:1904.00420.
 *
 * <p>Entry point: {@link dev.archipelago.controller.strategy.oneshot.OneShot}. Knows the SPI, the
 * spaces, {@code genotype} and {@code shared} only.
 */
@NullMarked
package dev.archipelago.controller.strategy.oneshot;

import org.jspecify.annotations.NullMarked;
