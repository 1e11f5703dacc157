package dev.archipelago.deploy.cli;

import dev.archipelago.deploy.client.Answer;
import dev.archipelago.deploy.client.StatusDocument;
import dev.archipelago.deploy.exit.ExitCode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Follows a search that runs. */
@Command(name = "watch", description = "Follows a search to its end; Ctrl-C leaves it running.")
final class WatchCommand extends ClientCommand {
  @Parameters(arity = "0..1", paramLabel = "ID", description = "The search; else the newest.")
  private @Nullable String id;

  @Override
  ExitCode run(Link link, Console console) {
    String search = Searches.namedOrNewest(link.client(), id);
    Following following =
        new Following(
            link.client(),
            host(),
            console,
            link.hints(),
            isJson(),
            link.isRemote() ? SearchCommand.REMOTE_PATIENCE : SearchCommand.NEIGHBOUR_PATIENCE);
    if (!link.isJournalOnly()) {
      return Elsewhere.follow(following, search);
    }
    Answer<StatusDocument> answer = link.client().status(search);
    if (answer.value().state().isOver()) {
      return following.conclude(answer.value());
    }
    StatusCommand.show(link, console, answer, isJson());
    return ExitCode.OK;
  }
}
