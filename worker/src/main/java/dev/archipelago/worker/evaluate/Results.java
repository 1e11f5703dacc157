package dev.archipelago.worker.evaluate;

import dev.archipelago.protocol.random.SplitMix64;
import dev.archipelago.protocol.trial.Assignment;
import dev.archipelago.worker.data.Normalization;
import dev.archipelago.worker.engine.Batch;
import dev.archipelago.worker.engine.BatchSource;
import dev.archipelago.worker.engine.Network;
import dev.archipelago.worker.trained.TrainedNetwork;
import dev.archipelago.worker.trained.TrainedNetwork.Probe;
import dev.archipelago.worker.trained.TrainedNetwork.Scaling;
import dev.archipelago.worker.trained.TrainedNetworkFile;
import dev.archipelago.worker.weights.WeightStore;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The networks that a search is for, kept for its user. A store without room costs the weights, not
 * the trial: what was found out is worth more than a repetition.
 */
record Results(WeightStore networks) {
  private static final Logger LOG = LoggerFactory.getLogger(Results.class);

  /** Examples that others can try it on. */
  private static final int PROBED = 8;

  /** Key of the generator that chooses them; {@code Heritage} has 2 and 3. */
  private static final long PROBE = 4;

  /**
   * @param examples of which some training ones go with it
   * @return the blob's SHA-256; empty where the store or this process has no room for it
   */
  Optional<String> keep(Network network, Examples examples, Assignment assignment) {
    try {
      TrainedNetwork trained =
          new TrainedNetwork(
              assignment.plan(),
              network.weights(),
              scaling(examples.normalization()),
              probe(network, examples.training(), assignment),
              Map.of("dataset", assignment.dataset().name()));
      return Optional.of(networks.put(TrainedNetworkFile.write(trained)));
    } catch (IOException | ArithmeticException | OutOfMemoryError e) {
      LOG.warn("the trained network is not kept, and cannot be exported", e);
      return Optional.empty();
    }
  }

  private static Scaling scaling(Normalization normalization) {
    int channels = normalization.channels();
    return new Scaling(
        IntStream.range(0, channels).mapToObj(normalization::mean).toList(),
        IntStream.range(0, channels).mapToObj(normalization::deviation).toList());
  }

  private static Probe probe(Network network, BatchSource examples, Assignment assignment) {
    int size = Math.min(PROBED, examples.size());
    Batch batch = new Batch(size, Math.toIntExact(examples.task().input().elements()));
    examples.begin(SplitMix64.of(assignment.seed(), PROBE));
    examples.next(batch);
    float[] inputs = new float[size * batch.elements()]; // [N, C, H, W]
    batch.images().get(0, inputs);
    float[] logits = new float[size * assignment.plan().classes()]; // [N, classes]
    network.infer(batch, logits);
    return new Probe(size, inputs, logits);
  }
}
