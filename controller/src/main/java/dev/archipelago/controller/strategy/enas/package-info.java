/**
 * A recurrent policy over networks that share one set of weights: Pham et al. 2018,
 * arXiv:1802.03268.
 *
 * <p>Entry point: {@link dev.archipelago.controller.strategy.enas.Enas}. Knows the SPI, the spaces,
 * {@code genotype}, {@code policy} and {@code shared} only.
 */
@NullMarked
package dev.archipelago.controller.strategy.enas;

import org.jspecify.annotations.NullMarked;
