package dev.archipelago.deploy.role;

import dev.archipelago.controller.ControllerProcess;
import dev.archipelago.controller.ControllerSettings;
import dev.archipelago.controller.spec.DatasetProbe;
import dev.archipelago.deploy.device.Devices;
import dev.archipelago.deploy.embedded.ControllerStarter;
import dev.archipelago.deploy.embedded.RunningController;
import dev.archipelago.deploy.exit.CommandException;
import dev.archipelago.deploy.settings.ControllerConfig;
import dev.archipelago.deploy.settings.DataDirectory;
import dev.archipelago.deploy.settings.HostPort;
import dev.archipelago.deploy.settings.WorkerConfig;
import dev.archipelago.protocol.device.Capability;
import dev.archipelago.worker.data.Datasets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The roles as the product has them. */
public record ProductRoles() implements Roles {
  /** What embedded workers run; by name, so that nobody loads it for nothing. */
  public static final String CHILD_MAIN = "dev.archipelago.deploy.role.ChildMain";

  private static final String LOOPBACK = "127.0.0.1";

  /** A child's death is seen at once; this is for a child that hangs. */
  private static final Duration EMBEDDED_LEASE = Duration.ofSeconds(30);

  private static final Duration EMBEDDED_HEARTBEAT = Duration.ofSeconds(1);

  @Override
  public ControllerStarter embedded() {
    return (directory, token) ->
        start(
            new ControllerSettings(
                LOOPBACK,
                0,
                Optional.of(token),
                LOOPBACK,
                0,
                List.of(),
                directory.journalUrl(),
                "",
                "",
                directory.weights(),
                EMBEDDED_LEASE,
                EMBEDDED_HEARTBEAT,
                true),
            directory);
  }

  @Override
  public RunningController controller(ControllerConfig config) {
    return start(
        new ControllerSettings(
            config.httpHost(),
            config.httpPort(),
            config.token(),
            config.arteryHost(),
            config.arteryPort(),
            config.members().stream().map(HostPort::toString).toList(),
            config.jdbcUrl(),
            config.jdbcUser(),
            config.jdbcPassword(),
            config.weights(),
            config.lease(),
            config.heartbeat(),
            false),
        config.dataDirectory());
  }

  private RunningController start(ControllerSettings settings, DataDirectory directory) {
    try {
      return new HostedController(settings, ControllerProcess.start(settings, probe(directory)));
    } catch (RuntimeException e) {
      throw CommandException.failed("the controller cannot start: " + causes(e), e);
    }
  }

  @Override
  public RunningWorker worker(WorkerConfig config) {
    try {
      return HostedWorker.start(config, Engines.of(config));
    } catch (IllegalArgumentException e) {
      throw CommandException.badInput("the worker cannot start: " + causes(e));
    }
  }

  @Override
  public Set<Capability> capabilities(String engine) {
    return Engines.capabilities(engine);
  }

  @Override
  public Devices devices(String engine) {
    return Devices.ofThisMachine(engine);
  }

  @Override
  public String processName() {
    return OwnAddress.processName();
  }

  @Override
  public Datasets datasets(DataDirectory directory) {
    return new Datasets(directory.datasets());
  }

  @Override
  public DatasetProbe probe(DataDirectory directory) {
    return new LocalProbe(datasets(directory));
  }

  /** The messages of an exception and its causes, for whoever cannot see a stack trace. */
  static String causes(Throwable problem) {
    StringBuilder text = new StringBuilder(String.valueOf(problem.getMessage()));
    for (Throwable cause = problem.getCause(); cause != null; cause = cause.getCause()) {
      String message = String.valueOf(cause.getMessage());
      if (text.indexOf(message) < 0) {
        text.append(": ").append(message);
      }
    }
    return text.toString();
  }
}
