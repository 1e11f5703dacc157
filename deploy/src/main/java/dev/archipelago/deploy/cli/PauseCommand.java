package dev.archipelago.deploy.cli;

import dev.archipelago.deploy.client.Answer;
import dev.archipelago.deploy.client.ApiClient;
import dev.archipelago.deploy.client.StatusDocument;
import picocli.CommandLine.Command;

/** Pauses a search. */
@Command(name = "pause", description = "Pauses a search; resume takes it up again.")
final class PauseCommand extends ControlCommand {
  @Override
  Answer<StatusDocument> change(ApiClient client, String search) {
    return client.pause(search);
  }

  @Override
  String sentence(Link link, StatusDocument status) {
    return status.id()
        + " is "
        + Wording.state(status.state(), false)
        + "; it goes on with: "
        + link.hints().command("resume " + status.id());
  }
}
