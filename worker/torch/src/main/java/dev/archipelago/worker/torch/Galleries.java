package dev.archipelago.worker.torch;

import dev.archipelago.protocol.space.Shape;
import dev.archipelago.worker.engine.Crops;
import dev.archipelago.worker.engine.Gallery;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Data sets' images on a device, one byte a value: a batch is cut out of them there, and only the
 * places of its crops are copied. The same numbers, bit by bit, as {@link
 * dev.archipelago.worker.engine.Batch#images} has.
 */
final class Galleries implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Galleries.class);

  /** Those that are trained on, and those of the test. */
  private static final int KEPT = 2;

  private final Device device;
  private final List<Held> held = new ArrayList<>(); // the last used first
  private boolean hasRoom = true;

  Galleries(Device device) {
    this.device = device;
  }

  /** A data set's pixels. */
  private static final class Held {
    private final WeakReference<byte[]> pixels; // whose tensor this is
    private final Tensor tensor; // [N, C, H, W], bytes

    Held(byte[] pixels, Tensor tensor) {
      this.pixels = new WeakReference<>(pixels);
      this.tensor = tensor;
    }
  }

  /** Whether all that were wanted so far found room. */
  boolean haveRoom() {
    return hasRoom;
  }

  /**
   * The first crops as a tensor of the caller's scope, [N, C, H, W], floats, channels last; empty
   * where the device has no room for their gallery.
   */
  Optional<Tensor> cut(Crops crops, int examples) {
    Gallery gallery = crops.gallery();
    return pixels(gallery.pixels()).map(pixels -> cut(crops, examples, pixels));
  }

  /** All but the result is freed here: it would take ten times the result's memory. */
  private Tensor cut(Crops crops, int examples, Tensor pixels) {
    Tensor result;
    try (PointerScope scope = new PointerScope()) {
      result = gather(crops, examples, pixels).contiguous(MemoryFormat.ChannelsLast);
      result.retainReference(); // outlives the scope
    }
    PointerScope.getInnerScope().attach(result);
    result.releaseReference();
    return result;
  }

  private Tensor gather(Crops crops, int examples, Tensor pixels) {
    Shape shape = crops.gallery().shape();
    int channels = shape.channels();
    int height = shape.height();
    int width = shape.width();
    Tensor places = places(crops, examples).to(device, ScalarType.Long);
    long at = 0;
    Tensor planes = places.narrow(0, at, (long) examples * channels);
    at += (long) examples * channels;
    Tensor rows = places.narrow(0, at, (long) examples * height).view(examples, 1, height, 1);
    at += (long) examples * height;
    Tensor columns = places.narrow(0, at, (long) examples * width).view(examples, 1, 1, width);
    at += (long) examples * width;
    Tensor channelLevels = places.narrow(0, at, channels).view(1, channels, 1, 1);
    Scalar zero = new Scalar(0L);
    Tensor hidden = rows.lt(zero).logical_or(columns.lt(zero)); // [N, 1, H, W]
    Tensor indices =
        planes.view(examples, channels, 1, 1).add(rows.mul(new Scalar((long) width))).add(columns);
    Tensor values = pixels.take(indices.clamp_min(zero)).masked_fill(hidden, zero);
    return levels(crops.gallery()).take(values.to(ScalarType.Long).add(channelLevels));
  }

  /**
   * Where each channel of each crop begins among the pixels [N, C]; which row of it is seen in each
   * row [N, H], and which column [N, W], -1 for none; where each channel's levels begin [C].
   */
  private static Tensor places(Crops crops, int examples) {
    Shape shape = crops.gallery().shape();
    int channels = shape.channels();
    int height = shape.height();
    int width = shape.width();
    long[] places = new long[examples * (channels + height + width) + channels];
    int at = 0;
    for (int i = 0; i < examples; i++) {
      for (int c = 0; c < channels; c++) {
        places[at++] = ((long) crops.image(i) * channels + c) * height * width;
      }
    }
    for (int i = 0; i < examples; i++) {
      for (int y = 0; y < height; y++) {
        places[at++] = inside(crops.row(i, y), height);
      }
    }
    for (int i = 0; i < examples; i++) {
      for (int x = 0; x < width; x++) {
        places[at++] = inside(crops.column(i, x), width);
      }
    }
    for (int c = 0; c < channels; c++) {
      places[at++] = (long) c * Gallery.LEVELS;
    }
    return torch.from_blob(
        new LongPointer(places), new long[] {places.length}, new TensorOptions(ScalarType.Long));
  }

  private static long inside(int place, int size) {
    return place >= 0 && place < size ? place : -1;
  }

  /** [C * 256]. */
  private Tensor levels(Gallery gallery) {
    float[] levels = new float[gallery.levels().length * Gallery.LEVELS];
    for (int c = 0; c < gallery.levels().length; c++) {
      System.arraycopy(gallery.levels()[c], 0, levels, c * Gallery.LEVELS, Gallery.LEVELS);
    }
    return torch
        .from_blob(new FloatPointer(levels), new long[] {levels.length})
        .to(device, ScalarType.Float);
  }

  private Optional<Tensor> pixels(byte[] pixels) {
    for (int i = 0; i < held.size(); i++) {
      if (held.get(i).pixels.get() == pixels) {
        held.add(0, held.remove(i));
        return Optional.of(held.get(0).tensor);
      }
    }
    if (!hasRoom) {
      return Optional.empty();
    }
    while (held.size() >= KEPT) {
      held.remove(held.size() - 1).tensor.close();
    }
    try {
      held.add(0, new Held(pixels, copied(pixels)));
      return Optional.of(held.get(0).tensor);
    } catch (RuntimeException | OutOfMemoryError e) {
      if (!NativeFailure.isOutOfMemory(e)) {
        throw e;
      }
      LOG.info(
          "{} bytes of images do not fit the device; they are copied batch by batch",
          pixels.length);
      hasRoom = false;
      close();
      return Optional.empty();
    }
  }

  private Tensor copied(byte[] pixels) {
    try (PointerScope scope = new PointerScope()) {
      TensorOptions bytes = new TensorOptions(ScalarType.Byte);
      Tensor host = torch.from_blob(new BytePointer(pixels), new long[] {pixels.length}, bytes);
      Tensor copy = host.to(device, ScalarType.Byte, false, true, new MemoryFormatOptional());
      copy.retainReference(); // outlives the scope
      return copy;
    }
  }

  @Override
  public void close() {
    held.forEach(one -> one.tensor.close());
    held.clear();
  }
}
