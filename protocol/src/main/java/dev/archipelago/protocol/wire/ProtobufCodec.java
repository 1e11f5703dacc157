package dev.archipelago.protocol.wire;

import akka.actor.typed.ActorRefResolver;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import java.util.function.BiFunction;

/** A codec that goes through a generated protobuf class. */
record ProtobufCodec<T extends WireMessage, P extends Message>(
    String manifest,
    Class<T> type,
    int limitBytes,
    Parser<P> parser,
    BiFunction<T, ActorRefResolver, P> toProto,
    BiFunction<P, ActorRefResolver, T> fromProto)
    implements WireCodec<T> {

  @Override
  public byte[] encode(T message, ActorRefResolver refs) {
    return toProto.apply(message, refs).toByteArray();
  }

  @Override
  public T decode(byte[] bytes, ActorRefResolver refs) {
    return fromProto.apply(Fields.parse(parser, bytes), refs);
  }
}
