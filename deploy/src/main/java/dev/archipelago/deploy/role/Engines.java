package dev.archipelago.deploy.role;

import dev.archipelago.deploy.exit.CommandException;
import dev.archipelago.deploy.settings.WorkerConfig;
import dev.archipelago.worker.engine.Engine;
import dev.archipelago.worker.torch.TorchEngine;

/** The engines that a worker's settings can name. */
final class Engines {
  private Engines() {}

  /**
   * Loads the engine's native library.
   *
   * @throws IllegalArgumentException if its device is not there
   * @throws CommandException if the library does not load
   */
  static Engine of(WorkerConfig config) {
    Engine engine;
    try {
      engine = new TorchEngine(config.device(), config.memoryLimitBytes());
    } catch (LinkageError e) {
      throw CommandException.failed(
          "libtorch does not load: " + ProductRoles.causes(e) + "; doctor says more", e);
    }
    return config.threads() == 0 ? engine : new PinnedThreads(engine, config.threads());
  }
}
