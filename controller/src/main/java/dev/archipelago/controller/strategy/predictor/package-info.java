/**
 * A model of the rewards says which architecture is worth training: after White et al. 2021,
 * arXiv:1910.11858.
 *
 * <p>Entry point: {@link dev.archipelago.controller.strategy.predictor.Predictor}. Knows the SPI,
 * the spaces and {@code genotype} only; the model is plain arrays and {@link StrictMath}.
 */
@NullMarked
package dev.archipelago.controller.strategy.predictor;

import org.jspecify.annotations.NullMarked;
