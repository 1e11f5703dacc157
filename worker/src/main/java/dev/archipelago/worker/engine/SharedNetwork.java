package dev.archipelago.worker.engine;

import dev.archipelago.protocol.space.NetworkPlan.Parameter;
import dev.archipelago.protocol.space.Ragged;
import dev.archipelago.protocol.trial.Round;
import dev.archipelago.worker.engine.Network.Sgd;
import java.util.List;
import java.util.Map;

/**
 * A compiled {@link dev.archipelago.protocol.space.Supernet} with its weights and its optimiser's
 * state. Closing frees the native memory; between steps none is held but the weights'.
 *
 * <p>All methods throw {@link EngineException} with OUT_OF_MEMORY where the device is full.
 */
public interface SharedNetwork extends AutoCloseable {

  /** What batch norms normalise by. */
  enum Statistics {
    /** The batch's own. The running ones stay as they are. */
    BATCH,
    /** The running ones. */
    RUNNING
  }

  /** The trained tensors that the library really holds, under the plan's names. */
  List<Parameter> parameters();

  /**
   * One step of SGD with momentum on the mean cross entropy, of the weights that the route uses:
   * others, and their momentum, stay as they are. The gradient's norm is that over the used ones.
   * In the precision that the network was compiled for.
   *
   * @return the batch's mean loss in nats, before the step; NaN or infinite where it diverged
   */
  double step(Batch batch, Route route, Sgd sgd);

  /** As {@link Network#fallbacks}. */
  default long fallbacks() {
    return 0;
  }

  /**
   * The gradient of the loss in the alphas of a mixture: of the validation batch's loss with the
   * weights as they are, or as one step on the training batch would make them (Liu et al. 2019,
   * arXiv:1806.09055v2, Eq. 6 to 8). Weights, momentum and running statistics stay as they are.
   *
   * @param virtual the unrolled step: learning rate (the paper's xi), momentum and weight decay;
   *     its clipping is not used. Ignored by {@link Round.Order#FIRST}
   */
  AlphaGradient gradient(
      Batch training, Batch validation, Route.Mixture mixture, Round.Order order, Sgd virtual);

  /**
   * @param gradient as long as the alphas in every row
   * @param lossNats the validation batch's, with the weights that the gradient is taken at: for the
   *     second order those after the unrolled step
   */
  record AlphaGradient(Ragged gradient, double lossNats) {}

  /**
   * The loss's Hessian in the alphas of a mixture times a vector, by double backward, batch norms
   * normalising by the batch.
   */
  Ragged hessianProduct(Batch batch, Route.Mixture mixture, Ragged vector);

  /**
   * Classifies.
   *
   * @param logits receives [N, classes] row by row
   */
  void infer(Batch batch, Route route, Statistics statistics, float[] logits);

  /**
   * Forgets the running statistics along the route and measures them anew: the mean of all the
   * batches', each counting alike.
   *
   * @param batches until it ends a pass or {@code count} were read; begun by the caller
   */
  void recalibrate(BatchSource batches, int count, int batchSize, Route route);

  /**
   * Weights, buffers and momentum as {@link Network#checkpoint} has them, and for every parameter
   * how often {@link #step} updated it since the network was compiled or restored, under {@code
   * NAME.updates}, one number each.
   */
  Map<String, float[]> checkpoint();

  /**
   * Takes over weights, buffers and momentum; counts of updates start at 0.
   *
   * @return false, and nothing has changed, if names and sizes are not exactly this network's
   */
  boolean restore(Map<String, float[]> checkpoint);

  /** After a parameter's name, in a {@link #checkpoint}: how often it was updated. */
  String UPDATES = ".updates";

  @Override
  void close();
}
