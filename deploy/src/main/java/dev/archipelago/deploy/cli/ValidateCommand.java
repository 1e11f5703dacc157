package dev.archipelago.deploy.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.archipelago.controller.spec.DatasetProbe;
import dev.archipelago.controller.spec.SearchSpec;
import dev.archipelago.controller.spec.SpecNotes;
import dev.archipelago.controller.spec.SpecWriter;
import dev.archipelago.deploy.client.Json;
import dev.archipelago.deploy.exit.ExitCode;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Says how a spec is understood. */
@Command(
    name = "validate",
    description = "Checks a spec, prints it as understood, and says what follows from it.")
@SuppressWarnings("NullAway.Init") // fields are set by picocli
final class ValidateCommand extends DatasetCommand {
  @Mixin private SpecFile file;

  @Override
  ExitCode run(Console console) {
    DatasetProbe probe = host().roles().probe(dataDirectory());
    SearchSpec spec = file.parse(file.text(), probe);
    String understood = SpecWriter.write(spec);
    List<String> notes = SpecNotes.of(spec, probe);
    if (isJson()) {
      ObjectNode document = Json.object().put("valid", true).put("spec", understood);
      document.set("notes", Json.tree(notes));
      console.print(document);
    } else {
      console.out().print(understood);
      console.out().println();
      notes.forEach(note -> console.out().println("# " + note));
    }
    return ExitCode.OK;
  }
}
