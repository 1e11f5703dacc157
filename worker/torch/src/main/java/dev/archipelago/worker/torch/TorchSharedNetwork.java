package dev.archipelago.worker.torch;

import dev.archipelago.protocol.space.NetworkPlan;
import dev.archipelago.protocol.space.NetworkPlan.Parameter;
import dev.archipelago.protocol.space.PlanCost;
import dev.archipelago.protocol.space.Ragged;
import dev.archipelago.protocol.space.Row;
import dev.archipelago.protocol.space.Supernet;
import dev.archipelago.protocol.trial.Precision;
import dev.archipelago.protocol.trial.Round.Order;
import dev.archipelago.worker.engine.Batch;
import dev.archipelago.worker.engine.BatchSource;
import dev.archipelago.worker.engine.MemoryLimit;
import dev.archipelago.worker.engine.Network.Sgd;
import dev.archipelago.worker.engine.Route;
import dev.archipelago.worker.engine.Route.Mixture;
import dev.archipelago.worker.engine.SharedNetwork;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.DeviceOptional;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * A compiled supernet. Every pass computes only what its route needs; what it makes belongs to a
 * scope of its own.
 */
final class TorchSharedNetwork implements SharedNetwork {
  private final NetworkPlan plan;
  private final List<Row> rows;
  private final PointerScope lifetime;
  private final TensorOptions options;
  private final Weights weights;
  private final Program program;
  private final TrainingStep step;
  private final Feed feed;
  private final int classes;
  private final PlanCost cost;
  private final MemoryLimit limit;
  private final long[] updates; // by parameter

  /**
   * @param numbers of what type all are: float, or double for proofs
   * @param precision of its training steps
   */
  TorchSharedNetwork(
      Supernet supernet, Place place, MemoryLimit limit, ScalarType numbers, Precision precision) {
    this.plan = supernet.plan();
    this.rows = supernet.rows();
    this.classes = plan.classes();
    this.cost = PlanCost.of(plan);
    this.limit = limit;
    this.lifetime = new PointerScope();
    boolean built = false;
    try {
      this.options =
          new TensorOptions()
              .dtype(new ScalarTypeOptional(numbers))
              .device(new DeviceOptional(place.device()));
      this.weights = new Weights(plan, options);
      this.program = new Program(plan, weights);
      this.step = new TrainingStep(weights, precision, place.device());
      this.feed = new Feed(plan.input(), place, numbers);
      this.updates = new long[plan.parameters().size()];
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
  public double step(Batch batch, Route route, Sgd sgd) {
    return NativeFailure.translate(
        () -> {
          try (PointerScope scope = new PointerScope()) {
            Passage passage = program.along(selection(route));
            BitSet used = passage.parameters();
            check(passage, batch, 1);
            double lossNats = step.run(passage, feed.images(batch), feed.labels(batch), used, sgd);
            used.stream().forEach(i -> updates[i]++);
            return lossNats;
          }
        });
  }

  @Override
  public long fallbacks() {
    return step.fallbacks();
  }

  private Selection selection(Route route) {
    if (route instanceof Route.Path path) {
      return PathSelection.one(path.options(), rows);
    } else if (route instanceof Route.Paths paths) {
      return PathSelection.meanOf(paths.options(), rows);
    }
    return MixtureSelection.of(checked((Mixture) route));
  }

  private Mixture checked(Mixture mixture) {
    Ragged own = Ragged.filled(rows, 0);
    if (!own.fits(mixture.alphas()) || !mixture.noise().map(own::fits).orElse(true)) {
      throw new IllegalArgumentException("the alphas are not this supernet's");
    }
    return mixture;
  }

  /** Mean cross entropy, []; as {@link Architect.Loss}. */
  private Tensor loss(Passage passage, Batch batch, Norms norms, int passes) {
    check(passage, batch, passes);
    Tensor logits = passage.forward(feed.images(batch), norms); // [N, classes]
    return torch.cross_entropy_loss(logits, feed.labels(batch));
  }

  private void check(Passage passage, Batch batch, int passes) {
    PlanCost own = new PlanCost(cost.params(), cost.flops(), passage.activations());
    limit.check(own, batch.size(), passes);
  }

  /** For proofs: the loss of a batch, normalised by itself; nothing moves. */
  double loss(Batch batch, Route route) {
    try (PointerScope scope = new PointerScope();
        AutoGradMode noGradients = new AutoGradMode(false)) {
      return loss(program.along(selection(route)), batch, Norms.BATCH, 1).item_double();
    }
  }

  /** For proofs: does something, and then puts parameters and momentum back bit for bit. */
  double undone(DoubleSupplier work) {
    try (PointerScope scope = new PointerScope()) {
      Tensor values = weights.values();
      Tensor velocity = weights.velocity();
      try {
        return work.getAsDouble();
      } finally {
        weights.reset(values);
        weights.resetVelocity(velocity);
      }
    }
  }

  @Override
  public AlphaGradient gradient(
      Batch training, Batch validation, Mixture mixture, Order order, Sgd virtual) {
    return NativeFailure.translate(
        () -> {
          try (PointerScope scope = new PointerScope()) {
            Architect architect = architect(mixture);
            return architect.gradient(training, validation, order, virtual);
          }
        });
  }

  @Override
  public Ragged hessianProduct(Batch batch, Mixture mixture, Ragged vector) {
    return NativeFailure.translate(
        () -> {
          try (PointerScope scope = new PointerScope()) {
            Architect architect = architect(mixture);
            return architect.hessianProduct(batch, vector);
          }
        });
  }

  private Architect architect(Mixture mixture) {
    return new Architect(program, weights, checked(mixture), options, this::loss);
  }

  @Override
  public void infer(Batch batch, Route route, Statistics statistics, float[] logits) {
    Norms norms = statistics == Statistics.BATCH ? Norms.BATCH : Norms.RUNNING;
    NativeFailure.translate(
        () -> {
          try (PointerScope scope = new PointerScope();
              AutoGradMode noGradients = new AutoGradMode(false)) {
            Passage passage = program.along(selection(route));
            Tensor result = passage.forward(feed.images(batch), norms);
            return result
                .to(ScalarType.Float)
                .cpu()
                .contiguous()
                .data_ptr_float()
                .get(logits, 0, batch.size() * classes);
          }
        });
  }

  /** A mean that grows: batch k has the share 1 / k in what is remembered after it. */
  @Override
  public void recalibrate(BatchSource batches, int count, int batchSize, Route route) {
    Batch batch = new Batch(batchSize, Math.toIntExact(plan.input().elements()));
    for (int k = 1; k <= count && batches.next(batch); k++) {
      Norms norms = new Norms.Remembering(1.0 / k);
      NativeFailure.translate(
          () -> {
            try (PointerScope scope = new PointerScope();
                AutoGradMode noGradients = new AutoGradMode(false)) {
              return program.along(selection(route)).forward(feed.images(batch), norms);
            }
          });
    }
  }

  /** As {@link dev.archipelago.worker.engine.Network#load}. */
  int load(Map<String, float[]> values) {
    return NativeFailure.translate(() -> weights.load(values));
  }

  @Override
  public Map<String, float[]> checkpoint() {
    Map<String, float[]> checkpoint =
        new LinkedHashMap<>(NativeFailure.translate(weights::checkpoint));
    List<Parameter> parameters = plan.parameters();
    for (int i = 0; i < updates.length; i++) {
      checkpoint.put(parameters.get(i).name() + UPDATES, new float[] {updates[i]});
    }
    return checkpoint;
  }

  @Override
  public boolean restore(Map<String, float[]> checkpoint) {
    Map<String, float[]> tensors = new LinkedHashMap<>(checkpoint);
    for (Parameter parameter : plan.parameters()) {
      float[] count = tensors.remove(parameter.name() + UPDATES);
      if (count == null || count.length != 1) {
        return false;
      }
    }
    boolean restored = NativeFailure.translate(() -> weights.restore(tensors));
    if (restored) {
      Arrays.fill(updates, 0);
    }
    return restored;
  }

  @Override
  public void close() {
    lifetime.close();
  }
}
