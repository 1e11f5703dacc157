/** Reproducible randomness: every random choice of a search flows from its seed through here. */
@NullMarked
package dev.archipelago.protocol.random;

import org.jspecify.annotations.NullMarked;
