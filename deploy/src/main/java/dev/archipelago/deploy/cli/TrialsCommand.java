package dev.archipelago.deploy.cli;

import dev.archipelago.deploy.client.Answer;
import dev.archipelago.deploy.client.TrialPage;
import dev.archipelago.deploy.client.TrialQuery;
import dev.archipelago.deploy.exit.CommandException;
import dev.archipelago.deploy.exit.ExitCode;
import dev.archipelago.deploy.view.Csv;
import dev.archipelago.deploy.view.TrialTable;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists a search's trials. */
@Command(name = "trials", description = "Lists a search's trials in the order of the proposals.")
final class TrialsCommand extends ClientCommand {
  private static final int PAGE = 500;

  @Parameters(arity = "0..1", paramLabel = "ID", description = "The search; else the newest.")
  private @Nullable String id;

  @Option(names = "--csv", description = "Comma-separated values, one column for each decision.")
  private boolean csv;

  @Option(
      names = "--arm",
      paramLabel = "ARM",
      description = "Only of this arm: search, baseline, reference.")
  private @Nullable String arm;

  @Option(
      names = "--state",
      paramLabel = "STATE",
      description = "Only in this state: running, waiting, completed, failed, rejected, cancelled.")
  private @Nullable String state;

  @Option(
      names = "--stage",
      paramLabel = "STAGE",
      description = "Only of this stage: search, retrain, final.")
  private @Nullable String stage;

  @Option(names = "--limit", paramLabel = "N", description = "At most so many.")
  private int limit = Integer.MAX_VALUE;

  @Option(names = "--offset", paramLabel = "N", description = "Leave out the first so many.")
  private int offset;

  @Override
  ExitCode run(Link link, Console console) {
    if (csv && isJson()) {
      throw CommandException.badInput("--csv and --json are two forms of one thing; choose one");
    }
    if (limit < 1 || offset < 0) {
      throw CommandException.badInput("--limit starts at 1, --offset at 0");
    }
    Answer<TrialPage> answer =
        link.client().allTrials(Searches.namedOrNewest(link.client(), id), query(), limit);
    if (isJson()) {
      console.print(answer.json());
    } else if (csv) {
      console.print(Csv.trials(answer.value().trials()));
    } else {
      console.print(TrialTable.lines(answer.value().trials()));
    }
    return ExitCode.OK;
  }

  private TrialQuery query() {
    return new TrialQuery(
        Optional.ofNullable(arm),
        Optional.ofNullable(state).map(name -> name.toUpperCase(Locale.ROOT)),
        Optional.ofNullable(stage),
        offset,
        Math.min(limit, PAGE));
  }
}
