package dev.archipelago.bench;

import dev.archipelago.worker.engine.Batch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.SGD;
import org.bytedeco.pytorch.SGDOptions;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * A training loop as one writes it with libtorch and nothing else: tensors that lie ready,
 * libtorch's own SGD and gradient clipping, no augmentation, no progress, no checks.
 */
final class BareLoop implements AutoCloseable {
  private static final double MOMENTUM = 0.9;

  private record Example(Tensor images, Tensor labels) {}

  private final PointerScope lifetime = new PointerScope();
  private final BareNet net;
  private final TensorVector parameters;
  private final SGD optimizer;
  private final double clip;
  private final List<Example> examples = new ArrayList<>();

  BareLoop(BareNet net, List<Batch> batches, long[] shape, double rate, double decay, double clip) {
    this.net = net;
    this.clip = clip;
    this.parameters = net.tensors().vector();
    SGDOptions options = new SGDOptions(rate);
    options.momentum().put(MOMENTUM);
    options.weight_decay().put(decay);
    this.optimizer = new SGD(parameters, options);
    for (Batch batch : batches) {
      long[] sizes = {batch.size(), shape[0], shape[1], shape[2]};
      LongPointer labels = new LongPointer(batch.size());
      for (int i = 0; i < batch.size(); i++) {
        labels.put(i, batch.labels()[i]);
      }
      examples.add(
          new Example(
              net.tensors()
                  .there(
                      BareTensors.channelsLast(
                          torch.from_blob(new FloatPointer(batch.images()), sizes))),
              net.tensors()
                  .there(
                      torch
                          .from_blob(
                              labels, new long[] {batch.size()}, new TensorOptions(ScalarType.Long))
                          .clone())));
    }
    lifetime.extend();
    lifetime.close();
  }

  /** Starts from the product's weights, which are in the same order. */
  void load(Map<String, float[]> weights) {
    try (PointerScope scope = new PointerScope();
        AutoGradMode noGradients = new AutoGradMode(false)) {
      List<float[]> values =
          weights.entrySet().stream()
              .filter(entry -> !entry.getKey().contains(".running_"))
              .map(Map.Entry::getValue)
              .toList();
      if (values.size() != net.parameters().size()) {
        throw new IllegalStateException("the two nets differ");
      }
      for (int i = 0; i < values.size(); i++) {
        Tensor target = net.parameters().get(i);
        target.copy_(torch.from_blob(new FloatPointer(values.get(i)), target.sizes().vec().get()));
      }
    }
  }

  /** The loss in nats of step i. */
  double step(int i) {
    Example example = examples.get(i % examples.size());
    try (PointerScope scope = new PointerScope()) {
      optimizer.zero_grad();
      Tensor loss =
          torch.cross_entropy_loss(net.forward().apply(example.images()), example.labels());
      loss.backward();
      torch.clip_grad_norm_(parameters, clip);
      optimizer.step();
      return loss.item_double();
    }
  }

  @Override
  public void close() {
    lifetime.close();
  }
}
