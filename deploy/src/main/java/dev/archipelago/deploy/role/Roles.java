package dev.archipelago.deploy.role;

import dev.archipelago.controller.spec.DatasetProbe;
import dev.archipelago.deploy.device.Devices;
import dev.archipelago.deploy.embedded.ControllerStarter;
import dev.archipelago.deploy.embedded.RunningController;
import dev.archipelago.deploy.settings.ControllerConfig;
import dev.archipelago.deploy.settings.DataDirectory;
import dev.archipelago.deploy.settings.WorkerConfig;
import dev.archipelago.protocol.device.Capability;
import dev.archipelago.worker.data.Datasets;
import java.util.Set;

/** What the command line can start. */
public interface Roles {

  /**
   * Starts controllers for one machine: loopback, free ports, leases that end with their parent.
   */
  ControllerStarter embedded();

  /**
   * Starts a controller for a cluster; returns when it answers.
   *
   * @throws dev.archipelago.deploy.exit.CommandException if it cannot start
   */
  RunningController controller(ControllerConfig config);

  /**
   * Starts a worker.
   *
   * @throws dev.archipelago.deploy.exit.CommandException if its engine or device is not there
   */
  RunningWorker worker(WorkerConfig config);

  /** What an engine can do, without loading it. */
  Set<Capability> capabilities(String engine);

  /** What an engine of this build can compute on, on this machine. */
  Devices devices(String engine);

  /** What a worker of this process is called where nobody has said. */
  String processName();

  /** The data sets of a data directory. */
  Datasets datasets(DataDirectory directory);

  /** The same, as a spec's parser asks for them. */
  DatasetProbe probe(DataDirectory directory);
}
