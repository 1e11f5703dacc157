package dev.archipelago.worker.engine;

import dev.archipelago.protocol.space.NetworkPlan.Parameter;
import dev.archipelago.protocol.trial.Proxy;
import dev.archipelago.protocol.trial.TrialFailure;
import java.util.List;
import java.util.Map;

/**
 * A compiled network with its weights and its optimiser's state. Closing frees the native memory.
 *
 * <p>All methods throw {@link EngineException} with OUT_OF_MEMORY where the device is full.
 */
public interface Network extends AutoCloseable {

  /** After a parameter's name: the optimiser's momentum of it, in a {@link #checkpoint}. */
  String MOMENTUM = ".momentum";

  /** The trained tensors that the library really holds, under the plan's names. */
  List<Parameter> parameters();

  /**
   * One step of SGD with momentum on the mean cross entropy of the batch, in the precision that the
   * network was compiled for.
   *
   * @return the batch's mean loss in nats, before the step; NaN or infinite where it diverged
   */
  double step(Batch batch, Sgd sgd);

  /**
   * Steps so far that were done again in float32, from the same weights, since loss or gradient
   * were not finite in less.
   */
  default long fallbacks() {
    return 0;
  }

  /**
   * Classifies with running batch-norm statistics.
   *
   * @param logits receives [N, classes] row by row
   */
  void infer(Batch batch, float[] logits);

  /** All parameters and buffers by name, in the plan's order. */
  Map<String, float[]> weights();

  /**
   * Copies the weights whose name and size agree; others keep their values.
   *
   * @return how many tensors were copied
   */
  int load(Map<String, float[]> weights);

  /**
   * All that training goes on from: {@link #weights}, then the momentum of every parameter under
   * {@code NAME.momentum}.
   */
  Map<String, float[]> checkpoint();

  /**
   * Takes over a checkpoint: what is trained from here is what the network that gave it would have
   * become, bit for bit on one kind of machine.
   *
   * @return false, and nothing has changed, if names and sizes are not exactly this network's
   */
  boolean restore(Map<String, float[]> checkpoint);

  /**
   * Scores the network as it is, untrained; larger is better. The running statistics of batch norms
   * may move: a network that is scored is not trained afterwards.
   *
   * @param batch what {@link Proxy#NASWOT} and {@link Proxy#GRAD_NORM} see; others ignore it
   * @return infinite or NaN where the proxy has no value for this network and batch
   * @throws EngineException INVALID_PLAN where the engine does not compute the proxy
   */
  default double score(Proxy proxy, Batch batch) {
    throw new EngineException(
        new TrialFailure(
            TrialFailure.Category.INVALID_PLAN,
            false,
            "this engine does not compute " + proxy.label() + "; torch does"));
  }

  @Override
  void close();

  /**
   * One step's constants.
   *
   * @param gradientClip the largest gradient norm; 0 for no clipping
   */
  record Sgd(double learningRate, double momentum, double weightDecay, double gradientClip) {}
}
