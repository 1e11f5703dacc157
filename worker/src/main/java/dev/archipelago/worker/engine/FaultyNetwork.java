package dev.archipelago.worker.engine;

import dev.archipelago.protocol.space.NetworkPlan.Parameter;
import dev.archipelago.protocol.trial.Proxy;
import dev.archipelago.worker.engine.FaultInjection.Fault;
import java.util.List;
import java.util.Map;

/** A network of {@link FaultInjection}. */
final class FaultyNetwork implements Network {
  private final Network network;
  private final Fault fault;
  private int steps;

  FaultyNetwork(Network network, Fault fault) {
    this.network = network;
    this.fault = fault;
  }

  @Override
  public double step(Batch batch, Sgd sgd) {
    if (fault == Fault.DIVERGE) {
      double loss = network.step(batch, sgd);
      steps++;
      if (steps < 3) {
        return loss;
      }
    }
    return fault.strike();
  }

  @Override
  public double score(Proxy proxy, Batch batch) {
    return fault.strike();
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
  public void infer(Batch batch, float[] logits) {
    network.infer(batch, logits);
  }

  @Override
  public Map<String, float[]> weights() {
    return network.weights();
  }

  @Override
  public int load(Map<String, float[]> weights) {
    return network.load(weights);
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
