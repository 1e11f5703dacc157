package dev.archipelago.deploy.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.archipelago.deploy.client.Answer;
import dev.archipelago.deploy.client.Json;
import dev.archipelago.deploy.client.TrialDocument;
import dev.archipelago.deploy.client.TrialPage;
import dev.archipelago.deploy.client.TrialQuery;
import dev.archipelago.deploy.exit.CommandException;
import dev.archipelago.deploy.exit.ExitCode;
import dev.archipelago.deploy.view.Ancestry;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows where a trial's network comes from. */
@Command(name = "explain", description = "Shows whose weights or score went into a trial.")
final class ExplainCommand extends ClientCommand {
  @Parameters(index = "0", paramLabel = "ID", description = "The search.")
  @SuppressWarnings("NullAway.Init") // set by picocli
  private String id;

  @Parameters(index = "1", paramLabel = "TRIAL", description = "The trial's number.")
  private int number;

  @Override
  ExitCode run(Link link, Console console) {
    Answer<TrialPage> answer = link.client().allTrials(id, TrialQuery.all(), Integer.MAX_VALUE);
    List<TrialDocument> trials = answer.value().trials();
    if (number < 0 || number >= trials.size()) {
      throw CommandException.badInput(
          "search %s has no trial %d; it has %d, from 0".formatted(id, number, trials.size()));
    }
    Ancestry ancestry = Ancestry.of(trials, number);
    if (isJson()) {
      ObjectNode document = Json.object().put("search", id);
      ArrayNode lineage = document.putArray("lineage");
      ancestry
          .trials()
          .forEach(trial -> lineage.add(answer.json().path("trials").get(trial.number())));
      console.print(document);
    } else {
      console.print(ancestry.lines());
    }
    return ExitCode.OK;
  }
}
