package dev.archipelago.protocol.wire;

import akka.actor.ExtendedActorSystem;
import akka.actor.typed.ActorRefResolver;
import akka.actor.typed.javadsl.Adapter;
import akka.serialization.SerializerWithStringManifest;
import java.io.NotSerializableException;
import java.util.HashMap;
import java.util.Map;
import java.util.ServiceLoader;

/**
 * The one serializer for {@link WireMessage}s: looks up the codec, refuses what is too large. Akka
 * makes it by reflection; it finds codecs by {@link ServiceLoader}.
 *
 * <p>Thread-safe.
 */
public final class WireSerializer extends SerializerWithStringManifest {

  /** Stands in journals: never changes. */
  static final int IDENTIFIER = 740_001;

  private final ActorRefResolver refs;
  private final Map<String, WireCodec<?>> byManifest = new HashMap<>();
  private final Map<Class<?>, WireCodec<?>> byType = new HashMap<>();

  public WireSerializer(ExtendedActorSystem system) {
    this.refs = ActorRefResolver.get(Adapter.toTyped(system));
    ServiceLoader.load(WireCodecs.class, WireCodecs.class.getClassLoader())
        .forEach(found -> found.codecs().forEach(this::register));
  }

  private void register(WireCodec<?> codec) {
    if (byManifest.put(codec.manifest(), codec) != null) {
      throw new IllegalStateException("two codecs have the manifest " + codec.manifest());
    }
    if (byType.put(codec.type(), codec) != null) {
      throw new IllegalStateException("two codecs write " + codec.type());
    }
  }

  @Override
  public int identifier() {
    return IDENTIFIER;
  }

  @Override
  public String manifest(Object message) {
    return codecOf(message).manifest();
  }

  /**
   * @throws IllegalArgumentException if the message has no codec or is too large for the wire
   */
  @Override
  public byte[] toBinary(Object message) {
    return encode(codecOf(message), message);
  }

  /**
   * @throws IllegalArgumentException if the bytes are not such a message
   * @throws NotSerializableException if no codec has the manifest
   */
  @Override
  public Object fromBinary(byte[] bytes, String manifest) throws NotSerializableException {
    WireCodec<?> codec = byManifest.get(manifest);
    if (codec == null) {
      throw new NotSerializableException(
          "no message is called \"%s\"; this process speaks protocol version %d"
              .formatted(manifest, ProtocolVersion.CURRENT));
    }
    try {
      return codec.decode(bytes, refs);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(manifest + " cannot be read: " + e.getMessage(), e);
    }
  }

  private WireCodec<?> codecOf(Object message) {
    WireCodec<?> codec = byType.get(message.getClass());
    if (codec == null) {
      throw new IllegalArgumentException("no codec writes " + message.getClass());
    }
    return codec;
  }

  private <T extends WireMessage> byte[] encode(WireCodec<T> codec, Object message) {
    byte[] bytes = codec.encode(codec.type().cast(message), refs);
    if (bytes.length > codec.limitBytes()) {
      throw new IllegalArgumentException(
          "%s has %d bytes, at most %d go over the wire: weights and data travel as blobs"
              .formatted(codec.manifest(), bytes.length, codec.limitBytes()));
    }
    return bytes;
  }
}
