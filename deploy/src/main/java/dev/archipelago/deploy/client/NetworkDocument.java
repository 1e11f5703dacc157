package dev.archipelago.deploy.client;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An arm's chosen network.
 *
 * @param architecture decision to label, in the space's order
 * @param network SHA-256 of the trained network that the controller keeps
 * @param armDeviceSeconds of workers' time that the arm's phase search took
 */
public record NetworkDocument(
    @Nullable Integer trial,
    @Nullable Map<String, String> architecture,
    @Nullable Double validationAccuracy,
    @Nullable Double testAccuracy,
    @Nullable Double latencyP50Micros,
    @Nullable Long params,
    @Nullable Long flops,
    @Nullable String network,
    @Nullable Double armDeviceSeconds) {}
