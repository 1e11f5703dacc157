/** Tests of the wire format; {@link dev.archipelago.protocol.wire.Fixtures} serves others too. */
@NullMarked
package dev.archipelago.protocol.wire;

import org.jspecify.annotations.NullMarked;
