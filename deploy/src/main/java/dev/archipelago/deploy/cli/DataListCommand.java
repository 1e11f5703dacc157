package dev.archipelago.deploy.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.archipelago.deploy.client.Json;
import dev.archipelago.deploy.exit.ExitCode;
import dev.archipelago.deploy.view.Table;
import dev.archipelago.protocol.trial.Examples;
import dev.archipelago.worker.data.Datasets;
import picocli.CommandLine.Command;

/** Lists the data sets that a spec may name. */
@Command(name = "list", description = "Lists the data sets that a spec may name.")
final class DataListCommand extends DatasetCommand {
  @Override
  ExitCode run(Console console) {
    Datasets datasets = host().roles().datasets(dataDirectory());
    Table table = Table.headed("NAME", "HERE", "WHAT IT IS");
    ObjectNode document = Json.object();
    var all = document.putArray("datasets");
    for (Datasets.Description dataset : datasets.list()) {
      String here = here(datasets, dataset.name());
      table.row(dataset.name(), here, dataset.text());
      all.addObject()
          .put("name", dataset.name())
          .put("description", dataset.text())
          .put("here", here.equals("yes"));
    }
    if (isJson()) {
      console.print(document);
    } else {
      console.print(table.lines());
    }
    return ExitCode.OK;
  }

  private static String here(Datasets datasets, String name) {
    try {
      datasets.probe(name, "", new Examples.Images(0)); // a table or a text has no usual place
      return "yes";
    } catch (IllegalArgumentException e) {
      return "no";
    }
  }
}
