package dev.archipelago.protocol.device;

import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What a device does at a moment, other processes' work on it included; what it does not tell is
 * empty.
 *
 * @param utilization share of the last moments in which it computed, 0 to 1
 * @param usedBytes of its memory
 * @param powerWatts that it draws
 */
public record DeviceReading(
    OptionalDouble utilization, OptionalLong usedBytes, OptionalDouble powerWatts) {}
