/**
 * Published networks as plans, to search among and to compare with.
 *
 * <p>Entry point: {@link dev.archipelago.protocol.space.reference.ReferenceSpace}. Knows {@code
 * protocol.space} only.
 */
@NullMarked
package dev.archipelago.protocol.space.reference;

import org.jspecify.annotations.NullMarked;
