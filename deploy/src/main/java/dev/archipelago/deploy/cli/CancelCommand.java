package dev.archipelago.deploy.cli;

import dev.archipelago.deploy.client.Answer;
import dev.archipelago.deploy.client.ApiClient;
import dev.archipelago.deploy.client.StatusDocument;
import picocli.CommandLine.Command;

/** Ends a search for good. */
@Command(name = "cancel", description = "Ends a search for good; its trials stay readable.")
final class CancelCommand extends ControlCommand {
  @Override
  Answer<StatusDocument> change(ApiClient client, String search) {
    return client.cancel(search);
  }

  @Override
  String sentence(Link link, StatusDocument status) {
    return status.id()
        + " is "
        + Wording.state(status.state(), false)
        + "; its trials: "
        + link.hints().command("trials " + status.id());
  }
}
