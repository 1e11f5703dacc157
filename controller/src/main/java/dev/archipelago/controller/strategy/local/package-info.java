/**
 * Steps to a better neighbour until there is none: White et al. 2021, arXiv:2005.02960.
 *
 * <p>Entry point: {@link dev.archipelago.controller.strategy.local.LocalSearch}. Knows the SPI, the
 * spaces and {@code genotype} only.
 */
@NullMarked
package dev.archipelago.controller.strategy.local;

import org.jspecify.annotations.NullMarked;
