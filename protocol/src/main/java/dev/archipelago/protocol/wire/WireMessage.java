package dev.archipelago.protocol.wire;

/** What {@link WireSerializer} writes: bound to it in every role's configuration. */
public interface WireMessage {}
