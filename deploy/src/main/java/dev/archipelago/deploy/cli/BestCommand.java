package dev.archipelago.deploy.cli;

import dev.archipelago.deploy.client.Answer;
import dev.archipelago.deploy.client.BestDocument;
import dev.archipelago.deploy.exit.ExitCode;
import dev.archipelago.deploy.view.Summary;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows what a search found. */
@Command(name = "best", description = "Shows the network that a search found, and its baseline.")
final class BestCommand extends ClientCommand {
  @Parameters(arity = "0..1", paramLabel = "ID", description = "The search; else the newest.")
  private @Nullable String id;

  @Override
  ExitCode run(Link link, Console console) {
    Answer<BestDocument> answer = link.client().best(Searches.namedOrNewest(link.client(), id));
    if (isJson()) {
      console.print(answer.json());
    } else {
      console.print(Summary.lines(answer.value(), link.hints()));
    }
    return ExitCode.OK;
  }
}
