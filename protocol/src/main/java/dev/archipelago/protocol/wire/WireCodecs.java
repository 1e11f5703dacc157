package dev.archipelago.protocol.wire;

import java.util.List;

/** A module's codecs, found by {@link java.util.ServiceLoader}. */
public interface WireCodecs {
  List<WireCodec<?>> codecs();
}
