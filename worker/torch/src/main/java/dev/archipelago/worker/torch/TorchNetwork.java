package dev.archipelago.worker.torch;

import dev.archipelago.protocol.space.NetworkPlan;
import dev.archipelago.protocol.space.NetworkPlan.Parameter;
import dev.archipelago.protocol.space.PlanCost;
import dev.archipelago.protocol.space.Shape;
import dev.archipelago.protocol.trial.Proxy;
import dev.archipelago.worker.engine.Batch;
import dev.archipelago.worker.engine.Network;
import dev.archipelago.worker.torch.Program.Norms;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.DeviceOptional;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * A compiled plan. What lives as long as the network belongs to one scope, which {@link #close}
 * empties; what a step makes belongs to a scope of the step.
 */
final class TorchNetwork implements Network {
  private final NetworkPlan plan;
  private final PointerScope lifetime;
  private final Device device;
  private final Weights weights;
  private final Program program;
  private final Shape input;
  private final int classes;
  private final PlanCost cost;
  private final MemoryLimit limit;
  private LongPointer labels; // [capacity]

  TorchNetwork(NetworkPlan plan, Device device, MemoryLimit limit) {
    this.plan = plan;
    this.input = plan.input();
    this.classes = plan.classes();
    this.cost = PlanCost.of(plan);
    this.limit = limit;
    this.device = device;
    this.lifetime = new PointerScope();
    boolean built = false;
    try {
      lifetime.attach(device);
      TensorOptions options =
          new TensorOptions()
              .dtype(new ScalarTypeOptional(ScalarType.Float))
              .device(new DeviceOptional(device));
      this.weights = new Weights(plan, options);
      this.program = new Program(plan, weights);
      this.labels = new LongPointer(1);
      built = true;
    } finally {
      if (built) {
        lifetime.extend(); // leaves the thread's stack of scopes, and keeps its tensors
      }
      lifetime.close();
    }
  }

  @Override
  public List<Parameter> parameters() {
    return weights.parameters();
  }

  @Override
  public double step(Batch batch, Sgd sgd) {
    limit.check(cost, batch.size());
    return NativeFailure.translate(
        () -> {
          try (PointerScope scope = new PointerScope()) {
            Tensor logits = program.forward(images(batch), Norms.BATCH); // [N, classes]
            Tensor loss = torch.cross_entropy_loss(logits, labels(batch));
            weights.clearGradients();
            loss.backward();
            weights.update(sgd);
            return loss.item_double();
          }
        });
  }

  @Override
  public void infer(Batch batch, float[] logits) {
    NativeFailure.translate(
        () -> {
          try (PointerScope scope = new PointerScope();
              AutoGradMode noGradients = new AutoGradMode(false)) {
            Tensor result = program.forward(images(batch), Norms.RUNNING).cpu().contiguous();
            return result.data_ptr_float().get(logits, 0, batch.size() * classes);
          }
        });
  }

  @Override
  public Map<String, float[]> weights() {
    return NativeFailure.translate(weights::copy);
  }

  @Override
  public int load(Map<String, float[]> values) {
    return NativeFailure.translate(() -> weights.load(values));
  }

  @Override
  public Map<String, float[]> checkpoint() {
    return NativeFailure.translate(weights::checkpoint);
  }

  @Override
  public boolean restore(Map<String, float[]> checkpoint) {
    return NativeFailure.translate(() -> weights.restore(checkpoint));
  }

  @Override
  public double score(Proxy proxy, Batch batch) {
    return switch (proxy) {
      case SYNFLOW -> NativeFailure.translate(() -> Saliency.synflow(plan, weights.copy(), device));
      case NASWOT -> NativeFailure.translate(() -> naswot(batch));
      case GRAD_NORM -> NativeFailure.translate(() -> gradNorm(batch));
      case PARAMS -> cost.params();
      case FLOPS -> cost.flops();
    };
  }

  private double naswot(Batch batch) {
    limit.check(cost, batch.size());
    Codes codes = new Codes(batch.size());
    try (PointerScope scope = new PointerScope();
        AutoGradMode noGradients = new AutoGradMode(false)) {
      program.forward(images(batch), Norms.BATCH, codes);
    }
    return codes.score();
  }

  private double gradNorm(Batch batch) {
    limit.check(cost, batch.size());
    try (PointerScope scope = new PointerScope()) {
      Tensor logits = program.forward(images(batch), Norms.BATCH); // [N, classes]
      weights.clearGradients();
      torch.cross_entropy_loss(logits, labels(batch)).backward();
      return Saliency.gradNorm(plan, weights);
    }
  }

  @Override
  public void close() {
    lifetime.close();
  }

  /** The batch's images, channels last: the batch's own memory where that order is the same. */
  private Tensor images(Batch batch) {
    long height = input.height();
    long width = input.width();
    long channels = input.channels();
    FloatPointer memory = new FloatPointer(batch.images());
    long[] sizes = {batch.size(), channels, height, width};
    if (channels == 1) {
      long[] strides = {height * width, 1, width, 1};
      return torch.from_blob(memory, sizes, strides).to(device, ScalarType.Float);
    }
    return torch
        .from_blob(memory, sizes)
        .to(device, ScalarType.Float)
        .contiguous(MemoryFormat.ChannelsLast);
  }

  private Tensor labels(Batch batch) {
    if (labels.capacity() < batch.capacity()) {
      labels.close();
      labels = new LongPointer(batch.capacity());
      lifetime.attach(labels);
    }
    for (int i = 0; i < batch.size(); i++) {
      labels.put(i, batch.labels()[i]);
    }
    TensorOptions options = new TensorOptions(ScalarType.Long);
    return torch.from_blob(labels, new long[] {batch.size()}, options).to(device, ScalarType.Long);
  }
}
