package dev.archipelago.protocol.wire;

import akka.actor.typed.ActorRefResolver;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * One type of message and its bytes.
 *
 * @param <T> the message
 */
public interface WireCodec<T extends WireMessage> {

  /** What a message between processes may have: Artery's frames are a little larger. */
  int WIRE_LIMIT_BYTES = 200_000;

  /** Short and versioned: {@code Hello/1}. Never changes its meaning once released. */
  String manifest();

  Class<T> type();

  byte[] encode(T message, ActorRefResolver refs);

  /**
   * @throws IllegalArgumentException if the bytes are not such a message
   */
  T decode(byte[] bytes, ActorRefResolver refs);

  /**
   * The largest encoding that is let through; journalled types, which no frame carries, lift it.
   */
  default int limitBytes() {
    return WIRE_LIMIT_BYTES;
  }

  /** A codec from two functions between the message and its protobuf form. */
  static <T extends WireMessage, P extends Message> WireCodec<T> of(
      String manifest,
      Class<T> type,
      Parser<P> parser,
      BiFunction<T, ActorRefResolver, P> toProto,
      BiFunction<P, ActorRefResolver, T> fromProto) {
    return new ProtobufCodec<>(manifest, type, WIRE_LIMIT_BYTES, parser, toProto, fromProto);
  }

  /** The same for a message that names no actor. */
  static <T extends WireMessage, P extends Message> WireCodec<T> of(
      String manifest,
      Class<T> type,
      Parser<P> parser,
      Function<T, P> toProto,
      Function<P, T> fromProto) {
    return of(
        manifest,
        type,
        parser,
        (message, refs) -> toProto.apply(message),
        (proto, refs) -> fromProto.apply(proto));
  }

  /** The same for what goes to the journal and never between processes. */
  static <T extends WireMessage, P extends Message> WireCodec<T> journalled(
      String manifest,
      Class<T> type,
      Parser<P> parser,
      Function<T, P> toProto,
      Function<P, T> fromProto) {
    return new ProtobufCodec<>(
        manifest,
        type,
        Integer.MAX_VALUE,
        parser,
        (message, refs) -> toProto.apply(message),
        (proto, refs) -> fromProto.apply(proto));
  }
}
