/**
 * How a search decides what to try next.
 *
 * <p>Entry point: {@link dev.archipelago.controller.strategy.Strategy}. Knows the spaces and
 * nothing of Akka, protobuf, clocks or engines. One package per family of algorithms below.
 */
@NullMarked
package dev.archipelago.controller.strategy;

import org.jspecify.annotations.NullMarked;
