package dev.archipelago.deploy.role;

import dev.archipelago.deploy.exit.CommandException;
import dev.archipelago.deploy.settings.HostPort;
import dev.archipelago.deploy.settings.WorkerConfig;
import dev.archipelago.worker.agent.WorkerProcess;
import dev.archipelago.worker.agent.WorkerSettings;
import dev.archipelago.worker.engine.Engine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;

/** A worker of this process. */
record HostedWorker(WorkerProcess process) implements RunningWorker {

  /**
   * @param engine closed when the worker ends
   */
  static HostedWorker start(WorkerConfig config, Engine engine) {
    String name = config.name().orElseGet(OwnAddress::processName);
    Path slot = config.dataDirectory().worker(name);
    OwnDevice device = OwnDevice.of(config);
    WorkerSettings settings =
        new WorkerSettings(
            name,
            slot,
            config.join().stream().map(HostPort::toString).toList(),
            config.arteryHost().orElseGet(() -> OwnAddress.towards(config.join())),
            config.arteryPort(),
            config.prefetch(),
            device.device(),
            config.memoryLimitBytes(),
            config.faults(),
            config.dataDirectory().datasets(),
            config.weights());
    try {
      return new HostedWorker(WorkerProcess.start(settings, engine, device.meter()));
    } catch (IOException | IllegalArgumentException e) {
      device.meter().close();
      throw CommandException.badInput(
          "the worker " + name + " cannot start: " + ProductRoles.causes(e));
    }
  }

  @Override
  public String await() throws InterruptedException {
    try {
      WorkerProcess.End end = process.end().toCompletableFuture().get();
      return end.exitCode() == 0 ? "" : end.reason();
    } catch (ExecutionException e) {
      throw CommandException.failed("the worker failed: " + ProductRoles.causes(e), e);
    }
  }

  /** Returns when it has said goodbye. */
  @Override
  public void close() {
    process.stop();
    process.end().toCompletableFuture().join();
  }
}
