package dev.archipelago.deploy.cli;

import dev.archipelago.controller.spec.DatasetProbe;
import dev.archipelago.controller.spec.SpecParser;
import dev.archipelago.deploy.client.ApiClient;
import dev.archipelago.deploy.client.Endpoint;
import dev.archipelago.deploy.client.SearchState;
import dev.archipelago.deploy.client.StatusDocument;
import dev.archipelago.deploy.embedded.Staff;
import dev.archipelago.deploy.embedded.Tenancy;
import dev.archipelago.deploy.exit.CommandException;
import dev.archipelago.deploy.exit.ExitCode;
import dev.archipelago.deploy.settings.DataDirectory;
import dev.archipelago.deploy.view.Hints;
import dev.archipelago.protocol.device.Capability;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Goes on with a search that was interrupted or paused. */
@Command(
    name = "resume",
    mixinStandardHelpOptions = true,
    description = "Goes on with a search that was interrupted or paused, and follows it.")
@SuppressWarnings("NullAway.Init") // fields are set by picocli
final class ResumeCommand implements Callable<Integer> {
  @ParentCommand private ArchipelagoCommand parent;
  @Spec private CommandSpec command;
  @Mixin private EmbeddedOptions embedded;
  @Mixin private ServerOptions server;
  @Mixin private JsonOption json;

  @Parameters(
      arity = "0..1",
      paramLabel = "ID",
      description = "The search; else the newest that is not over.")
  private @Nullable String id;

  @Override
  public Integer call() {
    Host host = parent.host();
    Console console = Console.of(command);
    Hints hints = server.hints(host.environment());
    Optional<Endpoint> remote = server.remote(host.environment());
    if (remote.isPresent()) {
      embedded.refuseFor("--server");
      ApiClient client = new ApiClient(remote.get());
      return goOn(new Following(
              client, host, console, hints, json.isOn(), SearchCommand.REMOTE_PATIENCE))
          .code();
    }
    DataDirectory directory = server.dataDirectory(host.environment());
    Staff staff = embedded.staff(Integer.MAX_VALUE, host.roles());
    Tenancy tenancy = Tenancy.of(directory);
    if (tenancy instanceof Tenancy.Theirs theirs) {
      embedded.refuseFor("process " + theirs.pid() + ", which runs on this data directory,");
      return goOn(new Following(
              theirs.client(), host, console, hints, json.isOn(), SearchCommand.NEIGHBOUR_PATIENCE))
          .code();
    }
    return new EmbeddedRun(host, console, hints, json.isOn(), directory)
        .run(
            (Tenancy.Mine) tenancy,
            staff,
            client -> {
              check(client, staff.engine(), directory);
              return begin(client);
            })
        .code();
  }

  private ExitCode goOn(Following following) {
    return Elsewhere.follow(following, begin(following.client()));
  }

  private void check(ApiClient client, String engine, DataDirectory directory) {
    Set<Capability> has = parent.host().roles().capabilities(engine);
    if (!has.containsAll(List.of(Capability.values()))) { // or else there is nothing to look for
      String search = Searches.namedOrOpen(client, id);
      DatasetProbe probe = parent.host().roles().probe(directory);
      EngineFit.check(engine, has, SpecParser.parse(client.spec(search), search, List.of(), probe));
    }
  }

  private String begin(ApiClient client) {
    String search = Searches.namedOrOpen(client, id);
    StatusDocument status = client.status(search).value();
    if (status.state().isOver()) {
      throw CommandException.badInput(
          "search "
              + search
              + " is "
              + Wording.state(status.state(), false)
              + "; what it found: "
              + server.hints(parent.host().environment()).command("best " + search));
    }
    if (status.state() == SearchState.PAUSED) {
      client.resume(search);
    }
    return search;
  }
}
