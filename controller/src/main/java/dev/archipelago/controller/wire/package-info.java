/**
 * What controllers of one cluster say to each other, to protobuf and back.
 *
 * <p>Entry point: {@link dev.archipelago.controller.wire.ClusterMessages}, found by the one
 * serializer of {@code protocol.wire}.
 */
@NullMarked
package dev.archipelago.controller.wire;

import org.jspecify.annotations.NullMarked;
