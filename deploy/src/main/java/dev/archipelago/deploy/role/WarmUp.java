package dev.archipelago.deploy.role;

import dev.archipelago.deploy.exit.CommandException;
import dev.archipelago.deploy.settings.WorkerConfig;
import dev.archipelago.protocol.space.NetworkPlan;
import dev.archipelago.worker.engine.Engine;
import dev.archipelago.worker.engine.Network;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does once in vain what a worker does at its start, so that all of it is loaded when it counts: a
 * worker that nobody answers, and a network's step.
 */
final class WarmUp {
  private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);

  private WarmUp() {}

  /**
   * @param worker its controllers do not exist, and its directory is no other process's
   */
  static void run(WorkerConfig worker, Engine engine) {
    try {
      HostedWorker.start(worker, new NoEngine()).close();
      TinyNetwork.step(engine);
      LOG.info("warmed up; standing by");
    } catch (CommandException e) {
      LOG.warn("not warmed up: {}", e.text());
    }
  }

  /** Stands where an engine is asked for and not used. */
  private record NoEngine() implements Engine {
    @Override
    public String name() {
      return "none";
    }

    @Override
    public String device() {
      return "none";
    }

    @Override
    public Network compile(NetworkPlan plan, long seed, int threads) {
      throw new IllegalStateException("nothing is trained in a warm-up");
    }

    @Override
    public void close() {}
  }
}
