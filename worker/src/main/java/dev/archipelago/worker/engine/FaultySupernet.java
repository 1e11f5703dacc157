package dev.archipelago.worker.engine;

import dev.archipelago.protocol.space.NetworkPlan.Parameter;
import dev.archipelago.protocol.space.Ragged;
import dev.archipelago.protocol.trial.Round;
import dev.archipelago.worker.engine.FaultInjection.Fault;
import dev.archipelago.worker.engine.Network.Sgd;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A supernet of {@link FaultInjection}: what trains or scores goes wrong. */
final class FaultySupernet implements SharedNetwork {
  private final SharedNetwork network;
  private final Fault fault;
  private int steps;

  FaultySupernet(SharedNetwork network, Fault fault) {
    this.network = network;
    this.fault = fault;
  }

  @Override
  public double step(Batch batch, Route route, Sgd sgd) {
    if (fault == Fault.DIVERGE) {
      double loss = network.step(batch, route, sgd);
      steps++;
      if (steps < 3) {
        return loss;
      }
    }
    return fault.strike();
  }

  @Override
  public AlphaGradient gradient(
      Batch training, Batch validation, Route.Mixture mixture, Round.Order order, Sgd virtual) {
    return network.gradient(training, validation, mixture, order, virtual);
  }

  @Override
  public Ragged hessianProduct(Batch batch, Route.Mixture mixture, Ragged vector) {
    return network.hessianProduct(batch, mixture, vector);
  }

  @Override
  public void infer(Batch batch, Route route, Statistics statistics, float[] logits) {
    double wrong = fault.strike();
    network.infer(batch, route, statistics, logits);
    Arrays.fill(logits, (float) wrong);
  }

  @Override
  public void recalibrate(BatchSource batches, int count, int batchSize, Route route) {
    network.recalibrate(batches, count, batchSize, route);
  }

  @Override
  public long fallbacks() {
    return network.fallbacks();
  }

  @Override
  public List<Parameter> parameters() {
    return network.parameters();
  }

  @Override
  public Map<String, float[]> checkpoint() {
    return network.checkpoint();
  }

  @Override
  public boolean restore(Map<String, float[]> checkpoint) {
    return network.restore(checkpoint);
  }

  @Override
  public void close() {
    network.close();
  }
}
