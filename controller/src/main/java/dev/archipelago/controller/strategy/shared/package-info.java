/**
 * What strategies have in common whose networks share weights: which round follows which, the blobs
 * of weights that are handed on, and the ranking of networks that were scored with them.
 *
 * <p>Entry points: {@link dev.archipelago.controller.strategy.shared.Progress} and {@link
 * dev.archipelago.controller.strategy.shared.Ranking}. Knows the SPI, the spaces, the settings and
 * {@code genotype} only.
 */
@NullMarked
package dev.archipelago.controller.strategy.shared;

import org.jspecify.annotations.NullMarked;
