package dev.archipelago.worker.evaluate;

import dev.archipelago.protocol.trial.Round;
import dev.archipelago.protocol.trial.TrialFailure;
import dev.archipelago.protocol.trial.TrialFailure.Category;
import dev.archipelago.worker.engine.EngineException;
import dev.archipelago.worker.engine.SharedNetwork;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Shared weights into the store and back. Here a missing blob fails the round, as another worker
 * may have it: beginning with fresh weights would throw away what all rounds before have learned.
 */
record SharedBlobs(Tensors store) {
  private static final String WHAT = "shared weights";

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
    stored.blobs().forEach(blob -> parts.add(store.read(blob, WHAT)));
    if (!network.restore(Merge.of(parts))) {
      throw Tensors.failure("the weights " + stored.blobs() + " are another supernet's");
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
    return store.write(tensors, network.parameters(), WHAT);
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
}
