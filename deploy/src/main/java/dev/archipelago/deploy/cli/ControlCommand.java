package dev.archipelago.deploy.cli;

import dev.archipelago.deploy.client.Answer;
import dev.archipelago.deploy.client.ApiClient;
import dev.archipelago.deploy.client.StatusDocument;
import dev.archipelago.deploy.exit.ExitCode;
import java.util.List;
import picocli.CommandLine.Parameters;

/** A command that changes a search's state. */
@SuppressWarnings("NullAway.Init") // the id is set by picocli
abstract class ControlCommand extends ClientCommand {
  @Parameters(paramLabel = "ID", description = "The search.")
  private String id;

  @Override
  final ExitCode run(Link link, Console console) {
    Answer<StatusDocument> answer = change(link.client(), id);
    if (isJson()) {
      console.print(answer.json());
    } else {
      console.print(List.of(sentence(link, answer.value())));
    }
    return ExitCode.OK;
  }

  abstract Answer<StatusDocument> change(ApiClient client, String search);

  abstract String sentence(Link link, StatusDocument status);
}
