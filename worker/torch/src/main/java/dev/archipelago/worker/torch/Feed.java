package dev.archipelago.worker.torch;

import dev.archipelago.protocol.space.Shape;
import dev.archipelago.worker.engine.Batch;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Batches as tensors on a device; they belong to the scope in which they are made. */
final class Feed {
  private final Shape input;
  private final Device device;
  private final ScalarType precision;

  Feed(Shape input, Device device, ScalarType precision) {
    this.input = input;
    this.device = device;
    this.precision = precision;
  }

  /**
   * The batch's images, channels last: the batch's own memory where order and precision are the
   * same.
   */
  Tensor images(Batch batch) {
    long height = input.height();
    long width = input.width();
    long channels = input.channels();
    FloatPointer memory = new FloatPointer(batch.images());
    long[] sizes = {batch.size(), channels, height, width};
    if (channels == 1) {
      long[] strides = {height * width, 1, width, 1};
      return torch.from_blob(memory, sizes, strides).to(device, precision);
    }
    return torch
        .from_blob(memory, sizes)
        .to(device, precision)
        .contiguous(MemoryFormat.ChannelsLast);
  }

  /** [N]. */
  Tensor labels(Batch batch) {
    LongPointer labels = new LongPointer(batch.size());
    for (int i = 0; i < batch.size(); i++) {
      labels.put(i, batch.labels()[i]);
    }
    TensorOptions options = new TensorOptions(ScalarType.Long);
    return torch.from_blob(labels, new long[] {batch.size()}, options).to(device, ScalarType.Long);
  }
}
