package dev.archipelago.deploy.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.archipelago.deploy.client.Json;
import dev.archipelago.deploy.exit.ExitCode;
import dev.archipelago.worker.data.FileReport;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Looks at every file of a data set. */
@Command(name = "check", description = "Checks every file of a data set, by checksum where known.")
@SuppressWarnings("NullAway.Init") // fields are set by picocli
final class DataCheckCommand extends DatasetCommand {
  @Parameters(paramLabel = "NAME", description = "The data set; data list shows all.")
  private String name;

  @Option(names = "--path", paramLabel = "DIR", description = "Where it lies, if not as usual.")
  private String path = "";

  @Override
  ExitCode run(Console console) {
    List<FileReport> reports = host().roles().datasets(dataDirectory()).check(name, path);
    boolean good = reports.stream().allMatch(FileReport::good);
    if (isJson()) {
      ObjectNode document = Json.object().put("dataset", name).put("good", good);
      document.set("files", Json.tree(reports));
      console.print(document);
    } else {
      reports.forEach(
          report ->
              console
                  .out()
                  .println(
                      (report.good() ? "ok    " : "BAD   ")
                          + report.file()
                          + ": "
                          + report.finding()));
    }
    return good ? ExitCode.OK : ExitCode.FAILED;
  }
}
