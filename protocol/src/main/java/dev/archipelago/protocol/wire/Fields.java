package dev.archipelago.protocol.wire;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;

/** Refusals that name the field, for codecs. */
public final class Fields {
  private Fields() {}

  /**
   * Refuses a message without a field that it must have; {@code field} is {@code Message.field}.
   */
  public static void require(boolean present, String field) {
    if (!present) {
      throw missing(field);
    }
  }

  /** What is thrown for a field that is missing, or whose value this version does not know. */
  public static IllegalArgumentException missing(String field) {
    return new IllegalArgumentException(field + " is missing or unknown");
  }

  /**
   * @throws IllegalArgumentException if the bytes are not such a message
   */
  public static <P extends Message> P parse(Parser<P> parser, byte[] bytes) {
    try {
      return parser.parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("not protobuf: " + e.getMessage(), e);
    }
  }
}
