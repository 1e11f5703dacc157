/**
 * Architectures written by a recurrent network that is trained by proximal policy optimisation:
 * Schulman et al. 2017, arXiv:1707.06347, as NASNet uses it, arXiv:1707.07012.
 *
 * <p>Entry point: {@link dev.archipelago.controller.strategy.ppo.Ppo}. Knows the SPI, the spaces,
 * {@code genotype} and {@code policy} only.
 */
@NullMarked
package dev.archipelago.controller.strategy.ppo;

import org.jspecify.annotations.NullMarked;
