package dev.archipelago.deploy.cli;

import dev.archipelago.controller.spec.SearchSpec;
import dev.archipelago.deploy.client.ApiClient;
import dev.archipelago.deploy.client.Endpoint;
import dev.archipelago.deploy.client.Submission;
import dev.archipelago.deploy.embedded.Staff;
import dev.archipelago.deploy.embedded.Tenancy;
import dev.archipelago.deploy.exit.CommandException;
import dev.archipelago.deploy.exit.ExitCode;
import dev.archipelago.deploy.settings.DataDirectory;
import dev.archipelago.deploy.view.Hints;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Runs a search, here or on a cluster. */
@Command(
    name = "search",
    mixinStandardHelpOptions = true,
    description = {
      "Runs a search and shows what it found.",
      "",
      "Without --server it brings its own cluster: a controller in this process and worker"
          + " processes on this machine. Ctrl-C stops it; resume goes on where it stopped."
    })
@SuppressWarnings("NullAway.Init") // fields are set by picocli
final class SearchCommand implements Callable<Integer> {
  /** A cluster may change its controllers, a laptop may sleep. */
  static final Duration REMOTE_PATIENCE = Duration.ofMinutes(10);

  /** A process on this machine that is silent for so long has ended. */
  static final Duration NEIGHBOUR_PATIENCE = Duration.ofSeconds(10);

  @ParentCommand private ArchipelagoCommand parent;
  @Spec private CommandSpec command;
  @Mixin private SpecFile spec;
  @Mixin private EmbeddedOptions embedded;
  @Mixin private ServerOptions server;
  @Mixin private JsonOption json;

  @Option(
      names = "--detach",
      description = "Only submit it to the --server; do not wait for its end.")
  private boolean detach;

  @Override
  public Integer call() {
    Host host = parent.host();
    Console console = Console.of(command);
    Hints hints = server.hints(host.environment());
    String text = spec.text();
    Optional<Endpoint> remote = server.remote(host.environment());
    if (remote.isPresent()) {
      embedded.refuseFor("--server");
      ApiClient client = new ApiClient(remote.get());
      Following following =
          new Following(client, host, console, hints, json.isOn(), REMOTE_PATIENCE);
      return submit(following, spec.submission(text)).code();
    }
    if (detach) {
      throw CommandException.badInput(
          "--detach needs a --server: here, the search ends with this process");
    }
    DataDirectory directory = server.dataDirectory(host.environment());
    SearchSpec parsed = spec.parse(text, host.roles().probe(directory));
    Submission submission = spec.submission(text, parsed);
    Staff staff = embedded.staff(parsed, host.roles());
    Tenancy tenancy = Tenancy.of(directory);
    if (tenancy instanceof Tenancy.Theirs theirs) {
      embedded.refuseFor("process " + theirs.pid() + ", which runs on this data directory,");
      console.say(
          "process " + theirs.pid() + " runs on this data directory; the search goes there");
      Following following =
          new Following(theirs.client(), host, console, hints, json.isOn(), NEIGHBOUR_PATIENCE);
      return submit(following, submission).code();
    }
    return new EmbeddedRun(host, console, hints, json.isOn(), directory)
        .run((Tenancy.Mine) tenancy, staff, client -> client.submit(submission).value().id())
        .code();
  }

  private ExitCode submit(Following following, Submission submission) {
    var accepted = following.client().submit(submission);
    String id = accepted.value().id();
    if (detach) {
      if (json.isOn()) {
        following.console().print(accepted.json());
      } else {
        following.console().out().println(id);
      }
      following.console().say("follow it with: " + following.hints().command("watch " + id));
      return ExitCode.OK;
    }
    following.console().say("search " + id + " runs on " + following.client().endpoint());
    return Elsewhere.follow(following, id);
  }
}
