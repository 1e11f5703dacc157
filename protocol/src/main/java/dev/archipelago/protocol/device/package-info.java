/**
 * What a worker computes on, and what its engine can do: said in its first words, and what the
 * scheduling of trials goes by.
 *
 * <p>Entry points: {@link dev.archipelago.protocol.device.Device} and {@link
 * dev.archipelago.protocol.device.Capability}. May use the JDK only.
 */
@NullMarked
package dev.archipelago.protocol.device;

import org.jspecify.annotations.NullMarked;
