/**
 * Random search: the yardstick.
 *
 * <p>Entry point: {@link dev.archipelago.controller.strategy.random.RandomSearch}. Knows the SPI
 * and the spaces only.
 */
@NullMarked
package dev.archipelago.controller.strategy.random;

import org.jspecify.annotations.NullMarked;
