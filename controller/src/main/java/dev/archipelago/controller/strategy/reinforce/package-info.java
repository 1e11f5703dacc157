/**
 * Architectures written by a recurrent network that is trained with policy gradients: Zoph and Le
 * 2017, arXiv:1611.01578v2.
 *
 * <p>Entry point: {@link dev.archipelago.controller.strategy.reinforce.Reinforce}. Knows the SPI,
 * the spaces, {@code genotype} and {@code policy} only.
 */
@NullMarked
package dev.archipelago.controller.strategy.reinforce;

import org.jspecify.annotations.NullMarked;
