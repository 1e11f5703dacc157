package dev.archipelago.deploy.cli;

import dev.archipelago.controller.spec.DatasetProbe;
import dev.archipelago.deploy.client.Endpoint;
import dev.archipelago.deploy.device.Devices;
import dev.archipelago.deploy.device.EngineBuild;
import dev.archipelago.deploy.embedded.ControllerStarter;
import dev.archipelago.deploy.embedded.RunningController;
import dev.archipelago.deploy.role.ProductRoles;
import dev.archipelago.deploy.role.Roles;
import dev.archipelago.deploy.role.RunningWorker;
import dev.archipelago.deploy.settings.ControllerConfig;
import dev.archipelago.deploy.settings.DataDirectory;
import dev.archipelago.deploy.settings.HostPort;
import dev.archipelago.deploy.settings.WorkerConfig;
import dev.archipelago.deploy.support.FakeApi;
import dev.archipelago.protocol.device.Capability;
import dev.archipelago.worker.data.Datasets;
import dev.archipelago.worker.measure.gpu.Gpus;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Controllers that are a {@link FakeApi}; real data sets. */
final class FakeRoles implements Roles {
  private final FakeApi api;
  private int started;
  private int closed;

  FakeRoles(FakeApi api) {
    this.api = api;
  }

  int started() {
    return started;
  }

  int closed() {
    return closed;
  }

  @Override
  public ControllerStarter embedded() {
    return (directory, token) -> {
      started++;
      return new Running();
    };
  }

  @Override
  public RunningController controller(ControllerConfig config) {
    throw new AssertionError("no controller should be started");
  }

  @Override
  public RunningWorker worker(WorkerConfig config) {
    throw new AssertionError("no worker should be started");
  }

  /** A machine without GPUs, whatever the one that runs the tests has. */
  @Override
  public Set<Capability> capabilities(String engine) {
    return new ProductRoles().capabilities(engine);
  }

  @Override
  public Devices devices(String engine) {
    return Devices.look(
        EngineBuild.of(engine),
        new Gpus.None("no NVIDIA driver (libnvidia-ml.so.1 not found)", "Install it."),
        Map.of());
  }

  @Override
  public String processName() {
    return "here-1";
  }

  @Override
  public Datasets datasets(DataDirectory directory) {
    return new ProductRoles().datasets(directory);
  }

  @Override
  public DatasetProbe probe(DataDirectory directory) {
    return new ProductRoles().probe(directory);
  }

  private final class Running implements RunningController {
    @Override
    public Endpoint endpoint() {
      return api.endpoint();
    }

    @Override
    public HostPort gateway() {
      return new HostPort("127.0.0.1", 4711);
    }

    @Override
    public void workerGone(String worker) {}

    @Override
    public CompletionStage<?> terminated() {
      return new CompletableFuture<>();
    }

    @Override
    public void close() {
      closed++;
    }
  }
}
