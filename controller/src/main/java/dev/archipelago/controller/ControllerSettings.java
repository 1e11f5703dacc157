package dev.archipelago.controller;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A controller's configuration, read by the composition root.
 *
 * @param httpPort 0 for any free one; likewise {@code arteryPort}
 * @param token what API callers must know; empty for none
 * @param members {@code host:port} of the controllers that form the cluster, this one included;
 *     empty for a cluster of one
 * @param jdbcUrl the journal's database, H2 or PostgreSQL
 * @param weights directory in which workers keep weights over HTTP, and from which those of
 *     searches that are over are removed
 * @param lease lifetime of a lease that nobody renews
 * @param heartbeat how often workers renew
 * @param leasesDieWithController whether the workers are children of this process, so that leases
 *     found at its start are lost
 */
public record ControllerSettings(
    String httpHost,
    int httpPort,
    Optional<String> token,
    String arteryHost,
    int arteryPort,
    List<String> members,
    String jdbcUrl,
    String jdbcUser,
    String jdbcPassword,
    Path weights,
    Duration lease,
    Duration heartbeat,
    boolean leasesDieWithController) {
  public ControllerSettings {
    members = List.copyOf(members);
  }
}
