package dev.archipelago.worker.evaluate;

import dev.archipelago.protocol.random.SplitMix64;
import dev.archipelago.protocol.space.Layer;
import dev.archipelago.protocol.space.NetworkPlan;
import dev.archipelago.protocol.space.PlanCost;
import dev.archipelago.protocol.trial.Assignment;
import dev.archipelago.protocol.trial.Proxy;
import dev.archipelago.protocol.trial.TrialFailure;
import dev.archipelago.protocol.trial.TrialFailure.Category;
import dev.archipelago.worker.data.Datasets;
import dev.archipelago.worker.engine.Batch;
import dev.archipelago.worker.engine.BatchSource;
import dev.archipelago.worker.engine.EngineException;
import dev.archipelago.worker.engine.Network;
import java.util.Map;

/**
 * Scores fresh weights and trains nothing. Latency is not measured: it would cost more than the
 * score.
 */
record ZeroCostRun(Proxy proxy, Datasets datasets) implements EvaluationRun {

  @Override
  public Findings run(Job job, Findings findings) {
    PlanCost cost = PlanCost.of(job.assignment().plan());
    double score =
        switch (proxy) {
          case PARAMS -> cost.params();
          case FLOPS -> cost.flops();
          case SYNFLOW, NASWOT, GRAD_NORM -> score(job, findings);
        };
    if (!Double.isFinite(score)) {
      throw new EngineException(
          new TrialFailure(
              Category.DIVERGED,
              false,
              "the untrained network's %s is %s".formatted(label(), score)));
    }
    return findings.metrics(Map.of(label(), score));
  }

  private double score(Job job, Findings findings) {
    check(job.assignment().plan());
    Batch batch = batch(job);
    job.stopIfCancelled();
    try (Network network = job.compile()) {
      findings.compiled(network);
      job.reports().preparing("scoring");
      return network.score(proxy, batch);
    }
  }

  /**
   * Training images, the same ones for all trials of a search; where the proxy sees none, no data
   * is read.
   */
  private Batch batch(Job job) {
    Assignment assignment = job.assignment();
    int elements = Math.toIntExact(assignment.plan().input().elements());
    if (proxy == Proxy.SYNFLOW) {
      job.check(assignment.dataset().task());
      return new Batch(1, elements);
    }
    BatchSource examples = Examples.load(datasets, job).training();
    Batch batch = new Batch(assignment.training().batchSize(), elements);
    examples.begin(new SplitMix64(assignment.split().seed()));
    examples.next(batch);
    return batch;
  }

  private void check(NetworkPlan plan) {
    if (proxy == Proxy.NASWOT
        && plan.nodes().stream().noneMatch(node -> node.layer() instanceof Layer.Relu)) {
      throw Job.invalid(
          "naswot compares what ReLUs see, and this network has none: synflow, grad_norm, params or"
              + " flops may work");
    }
    if (proxy == Proxy.SYNFLOW && !plan.nodes().stream().allMatch(ZeroCostRun::flows)) {
      throw Job.invalid(
          "synflow is for networks of convolutions, dense layers, ReLUs, batch norms, pools, sums"
              + " and concatenations, and this one has other layers: grad_norm, params or flops"
              + " work");
    }
  }

  /** Whether twice the input gives twice the output once batch norms are bypassed. */
  private static boolean flows(NetworkPlan.Node node) {
    Layer layer = node.layer();
    return layer instanceof Layer.Input
        || layer instanceof Layer.Conv
        || layer instanceof Layer.BatchNorm
        || layer instanceof Layer.Relu
        || layer instanceof Layer.MaxPool
        || layer instanceof Layer.AvgPool
        || layer instanceof Layer.GlobalAvgPool
        || layer instanceof Layer.Linear
        || layer instanceof Layer.Add
        || layer instanceof Layer.Concat
        || layer instanceof Layer.Flatten
        || layer instanceof Layer.Resize
        || layer instanceof Layer.Zero;
  }

  private String label() {
    return proxy.label();
  }
}
