package dev.archipelago.deploy.embedded;

import dev.archipelago.deploy.settings.DataDirectory;

/** Starts a controller on a data directory, for this machine only. */
public interface ControllerStarter {

  /**
   * Returns when it answers.
   *
   * @param token what its HTTP API demands
   * @throws dev.archipelago.deploy.exit.CommandException if it cannot start
   */
  RunningController start(DataDirectory directory, String token);
}
