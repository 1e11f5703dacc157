package dev.archipelago.deploy.role;

import dev.archipelago.deploy.exit.CommandException;
import dev.archipelago.deploy.settings.WorkerConfig;
import dev.archipelago.protocol.device.Capability;
import dev.archipelago.worker.dl4j.Dl4jEngine;
import dev.archipelago.worker.engine.Engine;
import dev.archipelago.worker.torch.TorchEngine;
import java.util.Set;

/** The engines that a worker's settings can name. */
final class Engines {
  private Engines() {}

  /** What an engine can do, without loading it. */
  static Set<Capability> capabilities(String engine) {
    return engine.equals("torch") ? TorchEngine.CAPABILITIES : Set.of();
  }

  /**
   * Loads the engine's native library.
   *
   * @throws IllegalArgumentException if its device is not there
   * @throws CommandException if the library does not load
   */
  static Engine of(WorkerConfig config) {
    Engine engine;
    try {
      engine =
          switch (config.engine()) {
            case "torch" -> new TorchEngine(config.device(), config.memoryLimitBytes());
            case "dl4j" -> new Dl4jEngine(config.device(), config.memoryLimitBytes());
            default -> throw new IllegalArgumentException("there is no engine " + config.engine());
          };
    } catch (LinkageError e) {
      throw CommandException.failed(
          "engine %s does not load: %s; doctor says more"
              .formatted(config.engine(), ProductRoles.causes(e)),
          e);
    }
    return config.threads() == 0 ? engine : new PinnedThreads(engine, config.threads());
  }
}
