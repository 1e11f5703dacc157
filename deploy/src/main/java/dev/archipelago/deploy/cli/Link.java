package dev.archipelago.deploy.cli;

import dev.archipelago.deploy.client.ApiClient;
import dev.archipelago.deploy.client.Endpoint;
import dev.archipelago.deploy.embedded.EmbeddedCluster;
import dev.archipelago.deploy.embedded.Staff;
import dev.archipelago.deploy.embedded.Tenancy;
import dev.archipelago.deploy.logging.Logs;
import dev.archipelago.deploy.settings.DataDirectory;
import dev.archipelago.deploy.view.Hints;
import java.util.Optional;

/** A controller to ask, for as long as a command lasts. */
final class Link implements AutoCloseable {

  /** Whose controller it is. */
  enum Owner {
    /** One that was named with {@code --server}. */
    REMOTE,
    /** Another process on the same data directory. */
    NEIGHBOUR,
    /** This process, without workers: it answers from the journal, and nothing runs. */
    JOURNAL
  }

  private final ApiClient client;
  private final Owner owner;
  private final Hints hints;
  private final Runnable close;

  private Link(ApiClient client, Owner owner, Hints hints, Runnable close) {
    this.client = client;
    this.owner = owner;
    this.hints = hints;
    this.close = close;
  }

  static Link open(ServerOptions options, Host host, Console console) {
    Hints hints = options.hints(host.environment());
    Optional<Endpoint> remote = options.remote(host.environment());
    if (remote.isPresent()) {
      return new Link(new ApiClient(remote.get()), Owner.REMOTE, hints, () -> {});
    }
    DataDirectory directory = options.dataDirectory(host.environment());
    Tenancy tenancy = Tenancy.of(directory);
    if (tenancy instanceof Tenancy.Theirs theirs) {
      return new Link(theirs.client(), Owner.NEIGHBOUR, hints, () -> {});
    }
    Tenancy.Mine mine = (Tenancy.Mine) tenancy;
    Logs.toFile(directory.logs().resolve("archipelago.log"));
    try {
      EmbeddedCluster cluster =
          EmbeddedCluster.start(
              mine,
              new EmbeddedCluster.Plan(directory, host.childMainClass(), Staff.NONE),
              host.roles().embedded(),
              console::say);
      return new Link(cluster.client(), Owner.JOURNAL, hints, cluster::close);
    } catch (RuntimeException | Error e) {
      mine.close();
      throw e;
    }
  }

  ApiClient client() {
    return client;
  }

  /** Whether nobody works on what the journal calls running. */
  boolean isJournalOnly() {
    return owner == Owner.JOURNAL;
  }

  boolean isRemote() {
    return owner == Owner.REMOTE;
  }

  Hints hints() {
    return hints;
  }

  @Override
  public void close() {
    close.run();
  }
}
