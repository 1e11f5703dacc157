package dev.archipelago.worker.evaluate;

import dev.archipelago.protocol.trial.Start.Continuation;
import dev.archipelago.worker.engine.Network;
import dev.archipelago.worker.weights.Safetensors;
import dev.archipelago.worker.weights.WeightStore;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Networks into the store and back. Neither way can fail a trial: without its checkpoint a later
 * one costs more, and no more than that.
 */
record Checkpoints(WeightStore store) {
  private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);

  /**
   * @return the blob's SHA-256; empty where the store or this process has no room for it, and where
   *     it is over 2 GiB
   */
  Optional<String> keep(Network network) {
    try {
      Map<String, List<Integer>> shapes = Tensors.shapes(network.parameters());
      return Optional.of(store.put(Safetensors.write(network.checkpoint(), shapes)));
    } catch (IOException | ArithmeticException | OutOfMemoryError e) {
      LOG.warn("no checkpoint is kept: who goes on from here will train from the beginning", e);
      return Optional.empty();
    }
  }

  /**
   * Puts the network where an earlier trial stopped.
   *
   * @return the epochs that it has then been trained; 0, and the network as it was, where the
   *     checkpoint is not to be had or is another network's
   */
  int restore(Network network, Continuation from) {
    Optional<Map<String, float[]>> tensors = read(from.checkpoint());
    if (tensors.isEmpty()) {
      return 0;
    }
    if (!network.restore(tensors.get())) {
      LOG.warn("{} is another network's: training from the beginning", from.checkpoint());
      return 0;
    }
    return from.epochs();
  }

  private Optional<Map<String, float[]>> read(String checkpoint) {
    try {
      Optional<byte[]> blob = store.get(checkpoint);
      if (blob.isPresent()) {
        return Optional.of(Safetensors.read(blob.get()));
      }
      LOG.warn("the checkpoint {} is not here: training from the beginning", checkpoint);
    } catch (IOException e) {
      LOG.warn("{} is no checkpoint: training from the beginning", checkpoint, e);
    } catch (OutOfMemoryError e) {
      LOG.warn("no memory for the checkpoint {}: training from the beginning", checkpoint, e);
    }
    return Optional.empty();
  }
}
