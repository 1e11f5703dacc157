/**
 * Architectures bred from good ones: Real et al. 2019, arXiv:1802.01548.
 *
 * <p>Entry point: {@link dev.archipelago.controller.strategy.evolution.RegularizedEvolution}. Knows
 * the SPI, the spaces and {@code genotype} only.
 */
@NullMarked
package dev.archipelago.controller.strategy.evolution;

import org.jspecify.annotations.NullMarked;
