/**
 * Architectures by gradient descent: DARTS (Liu et al. 2019, arXiv:1806.09055) with its heirs GDAS
 * (arXiv:1910.04465) and PC-DARTS (arXiv:1907.05737), and a sentinel against their collapse to skip
 * connections (after RobustDARTS, arXiv:1909.09656, and DARTS+, arXiv:1909.06035).
 *
 * <p>Entry point: {@link dev.archipelago.controller.strategy.darts.Darts}. Knows the SPI, the
 * spaces, the rounds, the settings, {@code genotype} and {@code shared} only.
 */
@NullMarked
package dev.archipelago.controller.strategy.darts;

import org.jspecify.annotations.NullMarked;
