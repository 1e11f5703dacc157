/**
 * Architectures that grow out of trained ones: Cai, Chen, Zhang, Yu and Wang 2018, "Efficient
 * architecture search by network transformation", arXiv:1707.04873v2.
 *
 * <p>Entry point: {@link dev.archipelago.controller.strategy.eas.Eas}. Knows the SPI, the spaces,
 * {@code genotype}, {@code policy} and {@code shared} only. That the function is kept is the
 * workers' business.
 */
@NullMarked
package dev.archipelago.controller.strategy.eas;

import org.jspecify.annotations.NullMarked;
