package dev.archipelago.deploy.cli;

import dev.archipelago.deploy.client.Answer;
import dev.archipelago.deploy.client.StatusDocument;
import dev.archipelago.deploy.exit.ExitCode;
import dev.archipelago.deploy.view.StatusText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows how a search stands. */
@Command(name = "status", description = "Shows how a search stands.")
final class StatusCommand extends ClientCommand {
  @Parameters(arity = "0..1", paramLabel = "ID", description = "The search; else the newest.")
  private @Nullable String id;

  @Override
  ExitCode run(Link link, Console console) {
    Answer<StatusDocument> answer = link.client().status(Searches.namedOrNewest(link.client(), id));
    show(link, console, answer, isJson());
    return ExitCode.OK;
  }

  static void show(Link link, Console console, Answer<StatusDocument> answer, boolean json) {
    if (json) {
      Wording.mark(answer.json(), link.isJournalOnly());
      console.print(answer.json());
      return;
    }
    StatusDocument status = answer.value();
    String state = Wording.state(status.state(), link.isJournalOnly());
    List<String> lines = new ArrayList<>(StatusText.lines(status, state));
    if (state.equals("interrupted") || state.equals("paused")) {
      lines.add("");
      lines.add("Goes on with: " + link.hints().command("resume " + status.id()));
    }
    console.print(lines);
  }
}
