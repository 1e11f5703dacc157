package dev.archipelago.deploy.cli;

import dev.archipelago.controller.forecast.Cost;
import dev.archipelago.controller.forecast.Forecast;
import dev.archipelago.controller.forecast.Measured;
import dev.archipelago.controller.forecast.TrialRuns;
import dev.archipelago.controller.spec.Evaluator;
import dev.archipelago.controller.spec.SearchSpec;
import dev.archipelago.controller.spec.SpecWriter;
import dev.archipelago.controller.tabular.Table;
import dev.archipelago.controller.tabular.TableException;
import dev.archipelago.deploy.client.Submission;
import dev.archipelago.deploy.embedded.Staff;
import dev.archipelago.deploy.exit.CommandException;
import dev.archipelago.deploy.exit.ExitCode;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Says what a search costs before it is begun. */
@Command(
    name = "forecast",
    description = {
      "Says what a search costs before it is begun.",
      "",
      "Runs three random networks of the spec's space for real, in a cluster of its own that leaves"
          + " nothing behind, and plays the search with what they took."
    })
@SuppressWarnings("NullAway.Init") // fields are set by picocli
final class ForecastCommand extends DatasetCommand {
  @Mixin private SpecFile file;
  @Mixin private EmbeddedOptions embedded;

  @Override
  ExitCode run(Console console) {
    SearchSpec spec = file.parse(file.text(), host().roles().probe(dataDirectory()));
    Staff staff = embedded.staff(spec, host().roles());
    int here = staff.workers();
    if (spec.evaluator() instanceof Evaluator.Table table) {
      Measured measured = new Measured(costs(table), List.of());
      return print(
          console, spec, ForecastReport.Source.TABLE, measured, List.of(table.workers()), 1);
    }
    Staff measuring =
        new Staff(staff.engine(), staff.devices().subList(0, Math.min(here, Measured.ENOUGH)));
    Optional<Measured> measured;
    try (ScratchCluster cluster = ScratchCluster.start(host(), console, dataDirectory())) {
      Submission trials =
          new Submission(
              SpecWriter.write(TrialRuns.of(spec)), "forecast", List.of(), Optional.empty());
      measured = cluster.measure(trials, measuring);
    }
    if (measured.isEmpty()) {
      return ExitCode.INTERRUPTED;
    }
    return print(
        console,
        spec,
        ForecastReport.Source.MEASURED,
        measured.get(),
        Forecast.usefulWorkers(spec),
        here);
  }

  private ExitCode print(
      Console console,
      SearchSpec spec,
      ForecastReport.Source source,
      Measured measured,
      List<Integer> workers,
      int here) {
    Forecast forecast = Forecast.of(spec, measured, workers, Forecast.Effort.THOROUGH);
    ForecastReport report = new ForecastReport(spec, source, measured, forecast, here);
    if (isJson()) {
      console.print(report.json());
    } else {
      console.print(report.lines());
    }
    return ExitCode.OK;
  }

  /** What every architecture of the table took. */
  private static List<Cost> costs(Evaluator.Table table) {
    try {
      return Table.read(Path.of(table.file())).entries().stream()
          .map(entry -> new Cost(entry.secondsPerEpoch(), 0, entry.flops()))
          .toList();
    } catch (TableException e) {
      throw CommandException.badInput(String.valueOf(e.getMessage()));
    }
  }
}
