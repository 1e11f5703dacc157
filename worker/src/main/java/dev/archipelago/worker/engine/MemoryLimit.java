package dev.archipelago.worker.engine;

import dev.archipelago.protocol.space.NetworkPlan;
import dev.archipelago.protocol.space.PlanCost;
import dev.archipelago.protocol.trial.TrialFailure;
import dev.archipelago.protocol.trial.TrialFailure.Category;
import java.util.Locale;

/**
 * A bound below the machine's own: what is estimated to need more is refused before it is built.
 *
 * @param bytes 0 for no bound
 */
public record MemoryLimit(long bytes) {

  /**
   * Weights, gradients and momentum once each, and for every example the activations and their
   * gradients.
   */
  public static long estimate(PlanCost cost, int batch) {
    return Float.BYTES * (3 * cost.params() + 2 * cost.activations() * batch);
  }

  /**
   * @throws EngineException OUT_OF_MEMORY if training with batches of this size needs more
   */
  public void check(NetworkPlan plan, int batch) {
    check(PlanCost.of(plan), batch);
  }

  public void check(PlanCost cost, int batch) {
    check(cost, batch, 1);
  }

  /**
   * @param passes whose activations and gradients are held at once
   */
  public void check(PlanCost cost, int batch, int passes) {
    long need = estimate(cost, batch * passes);
    if (bytes > 0 && need > bytes) {
      throw new EngineException(
          new TrialFailure(
              Category.OUT_OF_MEMORY,
              false,
              String.format(
                  Locale.ROOT,
                  "training with batches of %d needs about %.1f MB, the limit is %.1f MB: lower the"
                      + " batch size or the filters, or raise the worker's memory limit",
                  batch,
                  need / 1e6,
                  bytes / 1e6)));
    }
  }
}
