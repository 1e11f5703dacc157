/**
 * What crosses a process boundary or enters the journal, and its protobuf form.
 *
 * <p>Entry point: {@link dev.archipelago.protocol.wire.WireSerializer}, the one Akka serializer.
 * The only package of this module that knows Akka and protobuf.
 */
@NullMarked
package dev.archipelago.protocol.wire;

import org.jspecify.annotations.NullMarked;
