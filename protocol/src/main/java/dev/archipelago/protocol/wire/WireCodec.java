package dev.archipelago.protocol.wire;

import akka.actor.typed.ActorRefResolver;

/**
 * One type of message and its bytes.
 *
 * @param <T> the message
 */
public interface WireCodec<T extends WireMessage> {

  /** Short and versioned: {@code Hello/1}. Never changes its meaning once released. */
  String manifest();

  Class<T> type();

  byte[] encode(T message, ActorRefResolver refs);

  /**
   * @throws IllegalArgumentException if the bytes are not such a message
   */
  T decode(byte[] bytes, ActorRefResolver refs);
}
