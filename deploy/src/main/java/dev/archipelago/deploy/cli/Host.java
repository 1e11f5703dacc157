package dev.archipelago.deploy.cli;

import dev.archipelago.deploy.role.Roles;
import java.util.Map;

/**
 * What a command finds around it.
 *
 * @param environment variables of the process
 * @param roles what it can start
 * @param interrupts the user's Ctrl-C
 * @param childMainClass what embedded workers run
 * @param liveTerminal whether standard error can show a view that is redrawn
 */
public record Host(
    Map<String, String> environment,
    Roles roles,
    Interrupts interrupts,
    String childMainClass,
    boolean liveTerminal) {
  public Host {
    environment = Map.copyOf(environment);
  }
}
