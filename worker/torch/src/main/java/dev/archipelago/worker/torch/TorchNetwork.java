package dev.archipelago.worker.torch;

import dev.archipelago.protocol.space.NetworkPlan;
import dev.archipelago.protocol.space.NetworkPlan.Parameter;
import dev.archipelago.protocol.space.PlanCost;
import dev.archipelago.protocol.trial.Precision;
import dev.archipelago.protocol.trial.Proxy;
import dev.archipelago.worker.engine.Batch;
import dev.archipelago.worker.engine.MemoryLimit;
import dev.archipelago.worker.engine.Network;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.DeviceOptional;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
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
  private final Passage passage;
  private final TrainingStep step;
  private final Feed feed;
  private final int classes;
  private final PlanCost cost;
  private final MemoryLimit limit;

  /**
   * @param precision of its training steps
   */
  TorchNetwork(NetworkPlan plan, Place place, MemoryLimit limit, Precision precision) {
    this.plan = plan;
    this.classes = plan.classes();
    this.cost = PlanCost.of(plan);
    this.limit = limit;
    this.device = place.device();
    this.lifetime = new PointerScope();
    boolean built = false;
    try {
      TensorOptions options =
          new TensorOptions()
              .dtype(new ScalarTypeOptional(ScalarType.Float))
              .device(new DeviceOptional(device));
      this.weights = new Weights(plan, options);
      this.passage = new Program(plan, weights).along(Selection.none());
      this.step = new TrainingStep(weights, precision, device);
      this.feed = new Feed(plan.input(), place, ScalarType.Float);
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
            Tensor images = feed.images(batch);
            return step.run(passage, images, feed.labels(batch), weights.everything(), sgd);
          }
        });
  }

  @Override
  public long fallbacks() {
    return step.fallbacks();
  }

  @Override
  public void infer(Batch batch, float[] logits) {
    NativeFailure.translate(
        () -> {
          try (PointerScope scope = new PointerScope();
              AutoGradMode noGradients = new AutoGradMode(false)) {
            Tensor result = passage.forward(feed.images(batch), Norms.RUNNING).cpu().contiguous();
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
      passage.forward(feed.images(batch), Norms.TRAINING, codes);
    }
    return codes.score();
  }

  private double gradNorm(Batch batch) {
    limit.check(cost, batch.size());
    try (PointerScope scope = new PointerScope()) {
      Tensor logits = passage.forward(feed.images(batch), Norms.TRAINING); // [N, classes]
      weights.clearGradients(weights.everything());
      torch.cross_entropy_loss(logits, feed.labels(batch)).backward();
      return Saliency.gradNorm(plan, weights);
    }
  }

  @Override
  public void close() {
    lifetime.close();
  }
}
