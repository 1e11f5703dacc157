package dev.archipelago.protocol.wire;

/** The version of the messages between workers and controllers; both sides must speak the same. */
public final class ProtocolVersion {
  public static final int CURRENT = 1;

  private ProtocolVersion() {}
}
