package dev.archipelago.worker.evaluate;

import dev.archipelago.protocol.space.NetworkPlan.Parameter;
import dev.archipelago.protocol.trial.Round;
import dev.archipelago.protocol.trial.TrialFailure;
import dev.archipelago.protocol.trial.TrialFailure.Category;
import dev.archipelago.worker.engine.EngineException;
import dev.archipelago.worker.engine.Network;
import dev.archipelago.worker.engine.SharedNetwork;
import dev.archipelago.worker.weights.Safetensors;
import dev.archipelago.worker.weights.WeightStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Shared weights into the store and back. Here a missing blob fails the round, as another worker
 * may have it: beginning with fresh weights would throw away what all rounds before have learned.
 */
record SharedBlobs(WeightStore store) {

  /**
   * Puts the network where the round begins.
   *
   * @throws EngineException DATA where a blob is not to be had
   */
  void begin(SharedNetwork network, Round.Weights weights) {
    if (!(weights instanceof Round.Weights.Stored stored)) {
      return; // it was compiled with fresh ones
    }
    List<Map<String, float[]>> parts = new ArrayList<>();
    stored.blobs().forEach(blob -> parts.add(read(blob)));
    if (!network.restore(Merge.of(parts))) {
      throw failure("the weights " + stored.blobs() + " are another supernet's");
    }
  }

  private Map<String, float[]> read(String blob) {
    try {
      byte[] bytes =
          store
              .get(blob)
              .orElseThrow(() -> failure("the shared weights " + blob + " are not here"));
      return Safetensors.read(bytes);
    } catch (IOException e) {
      throw failure("the shared weights " + blob + " cannot be read: " + e.getMessage());
    }
  }

  /**
   * Keeps what a round leaves.
   *
   * @return the blob's SHA-256
   * @throws EngineException DIVERGED if the last steps left no numbers, DATA where the store has no
   *     room for them
   */
  String keep(SharedNetwork network) {
    Map<String, float[]> tensors = network.checkpoint();
    tensors.forEach(SharedBlobs::checkFinite);
    Map<String, List<Integer>> shapes = new HashMap<>();
    for (Parameter parameter : network.parameters()) {
      shapes.put(parameter.name(), parameter.dimensions());
      shapes.put(parameter.name() + Network.MOMENTUM, parameter.dimensions());
    }
    try {
      return store.put(Safetensors.write(tensors, shapes));
    } catch (IOException | ArithmeticException e) {
      throw failure("the shared weights cannot be kept: " + e.getMessage());
    }
  }

  /** A step's loss is that before it: what the last one did shows here alone. */
  private static void checkFinite(String name, float[] values) {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        throw new EngineException(
            new TrialFailure(
                Category.DIVERGED,
                false,
                "the shared weights hold %s in %s after the round; a smaller learning rate may help"
                    .formatted(value, name)));
      }
    }
  }

  /** Retryable: another worker, or this one later, may do better. */
  private static EngineException failure(String message) {
    return new EngineException(new TrialFailure(Category.DATA, true, message));
  }
}
