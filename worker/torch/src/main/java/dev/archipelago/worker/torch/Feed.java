package dev.archipelago.worker.torch;

import dev.archipelago.protocol.space.Shape;
import dev.archipelago.worker.engine.Batch;
import java.util.Optional;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Batches as tensors on a device; they belong to the scope in which they are made. */
final class Feed {
  private final Shape input;
  private final Place place;
  private final ScalarType precision;

  Feed(Shape input, Place place, ScalarType precision) {
    this.input = input;
    this.place = place;
    this.precision = precision;
  }

  /**
   * The batch's images, channels last: on the CPU the batch's own memory where order and precision
   * are the same.
   */
  Tensor images(Batch batch) {
    Optional<Tensor> cut =
        place
            .galleries()
            .flatMap(
                galleries -> batch.crops().flatMap(crops -> galleries.cut(crops, batch.size())));
    return cut.isPresent() ? cut.get().to(precision) : copied(batch);
  }

  private Tensor copied(Batch batch) {
    long height = input.height();
    long width = input.width();
    long channels = input.channels();
    FloatPointer memory = new FloatPointer(batch.images());
    long[] sizes = {batch.size(), channels, height, width};
    if (channels == 1) {
      long[] strides = {height * width, 1, width, 1};
      return onDevice(torch.from_blob(memory, sizes, strides));
    }
    return onDevice(torch.from_blob(memory, sizes)).contiguous(MemoryFormat.ChannelsLast);
  }

  /** To a GPU by way of pinned memory, from which it copies while the host goes on. */
  private Tensor onDevice(Tensor host) {
    Device device = place.device();
    return device.is_cuda()
        ? host.pin_memory().to(device, precision, true, false, new MemoryFormatOptional())
        : host.to(device, precision);
  }

  /** [N]. */
  Tensor labels(Batch batch) {
    LongPointer labels = new LongPointer(batch.size());
    for (int i = 0; i < batch.size(); i++) {
      labels.put(i, batch.labels()[i]);
    }
    TensorOptions options = new TensorOptions(ScalarType.Long);
    return torch
        .from_blob(labels, new long[] {batch.size()}, options)
        .to(place.device(), ScalarType.Long);
  }
}
