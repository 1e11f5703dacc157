package dev.archipelago.deploy.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.archipelago.deploy.client.Json;
import dev.archipelago.deploy.doctor.Doctor;
import dev.archipelago.deploy.doctor.Finding;
import dev.archipelago.deploy.exit.ExitCode;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;

/** Says whether this machine can do the work. */
@Command(
    name = "doctor",
    description =
        "Checks whether Archipelago can work on this machine, and says what to do if not.")
final class DoctorCommand extends DatasetCommand {
  @Override
  ExitCode run(Console console) {
    List<Finding> findings =
        new Doctor(dataDirectory(), host().roles().datasets(dataDirectory())).examine();
    boolean well = findings.stream().noneMatch(f -> f.grade() == Finding.Grade.FAIL);
    if (isJson()) {
      ObjectNode document = Json.object().put("well", well);
      document.set("findings", Json.tree(findings));
      console.print(document);
    } else {
      findings.forEach(finding -> print(console, finding));
    }
    return well ? ExitCode.OK : ExitCode.FAILED;
  }

  private static void print(Console console, Finding finding) {
    String grade = finding.grade().name().toLowerCase(Locale.ROOT);
    console.out().printf("%-5s %s: %s%n", grade, finding.subject(), finding.text());
    if (!finding.remedy().isEmpty()) {
      console.out().println("      " + finding.remedy());
    }
  }
}
