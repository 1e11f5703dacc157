package dev.archipelago.deploy.role;

import dev.archipelago.controller.ControllerProcess;
import dev.archipelago.controller.ControllerSettings;
import dev.archipelago.deploy.client.Endpoint;
import dev.archipelago.deploy.embedded.RunningController;
import dev.archipelago.deploy.settings.HostPort;
import java.net.URI;
import java.util.concurrent.CompletionStage;

/** A controller of this process, with the addresses that it really has. */
record HostedController(ControllerSettings settings, ControllerProcess process)
    implements RunningController {

  @Override
  public Endpoint endpoint() {
    String host = settings.httpHost();
    String reachable =
        host.equals("0.0.0.0") || host.equals("::") || host.equals("[::]") ? "127.0.0.1" : host;
    boolean bare = reachable.indexOf(':') >= 0 && !reachable.startsWith("[");
    return new Endpoint(
        URI.create(
            "http://" + (bare ? "[" + reachable + "]" : reachable) + ":" + process.httpPort()),
        settings.token());
  }

  @Override
  public HostPort gateway() {
    return new HostPort(settings.arteryHost(), process.arteryPort());
  }

  @Override
  public void workerGone(String worker) {
    process.workerGone(worker);
  }

  @Override
  public CompletionStage<?> terminated() {
    return process.terminated();
  }

  @Override
  public void close() {
    process.close();
  }
}
