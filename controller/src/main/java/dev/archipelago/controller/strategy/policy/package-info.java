/**
 * A recurrent policy that writes architectures, and what training it takes: shared by the
 * strategies that learn by policy gradients.
 *
 * <p>Entry point: {@link dev.archipelago.controller.strategy.policy.PolicyNetwork}. Knows the
 * settings, the spaces and {@code genotype} only; the network is plain arrays and {@link
 * StrictMath}.
 */
@NullMarked
package dev.archipelago.controller.strategy.policy;

import org.jspecify.annotations.NullMarked;
