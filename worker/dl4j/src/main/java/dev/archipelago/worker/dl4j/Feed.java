package dev.archipelago.worker.dl4j;

import dev.archipelago.protocol.space.Shape;
import dev.archipelago.worker.engine.Batch;
import java.nio.FloatBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Batches as arrays, which are used again as long as batches have one size. */
final class Feed implements AutoCloseable {
  private final Shape input;
  private final int classes;
  private INDArray images;
  private INDArray labels;

  Feed(Shape input, int classes) {
    this.input = input;
    this.classes = classes;
    this.images = blank(1);
    this.labels = Nd4j.zeros(DataType.FLOAT, 1, classes);
  }

  /** [N, C, H, W], or [N, C] where images are vectors. */
  INDArray images(Batch batch) {
    if (images.size(0) != batch.size()) {
      images.close();
      images = blank(batch.size());
    }
    FloatBuffer source = batch.images().duplicate();
    source.position(0).limit(batch.size() * batch.elements());
    HostMemory.of(images).put(source);
    HostMemory.written(images);
    return images;
  }

  private INDArray blank(int examples) {
    return input.height() == 1 && input.width() == 1
        ? Nd4j.zeros(DataType.FLOAT, examples, input.channels())
        : Nd4j.zeros(DataType.FLOAT, examples, input.channels(), input.height(), input.width());
  }

  /** One-hot, [N, classes]. */
  INDArray labels(Batch batch) {
    if (labels.size(0) != batch.size()) {
      labels.close();
      labels = Nd4j.zeros(DataType.FLOAT, batch.size(), classes);
    }
    FloatBuffer target = HostMemory.of(labels);
    for (int i = 0; i < batch.size(); i++) {
      for (int j = 0; j < classes; j++) {
        target.put(i * classes + j, batch.labels()[i] == j ? 1 : 0);
      }
    }
    HostMemory.written(labels);
    return labels;
  }

  @Override
  public void close() {
    images.close();
    labels.close();
  }
}
