package dev.archipelago.deploy.cli;

import dev.archipelago.deploy.client.Answer;
import dev.archipelago.deploy.client.SearchListing;
import dev.archipelago.deploy.client.TrialCounts;
import dev.archipelago.deploy.exit.ExitCode;
import dev.archipelago.deploy.view.Format;
import dev.archipelago.deploy.view.Hints;
import dev.archipelago.deploy.view.Table;
import java.util.List;
import picocli.CommandLine.Command;

/** Lists all searches. */
@Command(name = "list", description = "Lists all searches.")
final class ListCommand extends ClientCommand {
  @Override
  ExitCode run(Link link, Console console) {
    Answer<SearchListing> answer = link.client().searches();
    if (isJson()) {
      answer.json().path("searches").forEach(entry -> Wording.mark(entry, link.isJournalOnly()));
      console.print(answer.json());
    } else if (answer.value().searches().isEmpty()) {
      console.print(
          List.of(
              "No search yet. " + Hints.PROGRAM + " search examples/quickstart.yaml starts one."));
    } else {
      console.print(table(answer.value(), link.isJournalOnly()).lines());
    }
    return ExitCode.OK;
  }

  private static Table table(SearchListing listing, boolean journalOnly) {
    Table table =
        Table.headed(
            "ID", "NAME", "STATE", "STRATEGY", "DATA SET", "DONE", "FAILED", "RUNNING", "BEST");
    for (SearchListing.Entry entry : listing.searches()) {
      TrialCounts trials = entry.trials();
      table.row(
          entry.id(),
          entry.name(),
          Wording.state(entry.state(), journalOnly),
          Format.text(entry.strategy()),
          Format.text(entry.dataset()),
          Format.text(trials == null ? null : trials.completed()),
          Format.text(trials == null ? null : trials.failed()),
          Format.text(trials == null ? null : trials.running()),
          Format.reward(entry.bestReward()));
    }
    return table;
  }
}
