package dev.archipelago.deploy.role;

import dev.archipelago.deploy.exit.ExitCode;
import dev.archipelago.deploy.settings.WorkerConfig;
import dev.archipelago.protocol.device.Capability;
import dev.archipelago.worker.engine.Engine;
import dev.archipelago.worker.engine.ForwardingEngine;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An engine whose native library is still being read: that takes as long as joining the controller,
 * so both happen at once. Whoever compiles waits for it.
 *
 * <p>Where the library cannot be loaded the process ends: a worker without an engine is none.
 */
final class EngineLoading implements ForwardingEngine {
  private static final Logger LOG = LoggerFactory.getLogger(EngineLoading.class);

  private final String name;
  private final String device;
  private final CompletableFuture<Engine> loaded = new CompletableFuture<>();

  /** Begins at once, on a thread of its own. */
  EngineLoading(WorkerConfig config) {
    this.name = config.engine();
    this.device = config.device();
    Thread thread = new Thread(() -> load(config), "engine-loading");
    thread.setDaemon(true);
    thread.start();
  }

  private void load(WorkerConfig config) {
    try {
      loaded.complete(Engines.of(config));
    } catch (RuntimeException | LinkageError e) {
      LOG.error("the engine cannot be loaded", e);
      Runtime.getRuntime().halt(ExitCode.FAILED.code());
    }
  }

  /** Waits for it. */
  @Override
  public Engine engine() {
    return loaded.join();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String device() {
    return device;
  }

  @Override
  public Set<Capability> capabilities() {
    return Engines.capabilities(name);
  }

  @Override
  public void close() {
    loaded.thenAccept(Engine::close);
  }
}
