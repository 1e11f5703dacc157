/**
 * Genotypes as such: counted, listed and changed, and which of them a search has tried.
 *
 * <p>Entry points: {@link dev.archipelago.controller.strategy.genotype.Genotypes} and {@link
 * dev.archipelago.controller.strategy.genotype.Archive}. Knows the SPI, the spaces and the
 * collections only.
 */
@NullMarked
package dev.archipelago.controller.strategy.genotype;

import org.jspecify.annotations.NullMarked;
