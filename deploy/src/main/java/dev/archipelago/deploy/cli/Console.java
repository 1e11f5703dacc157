package dev.archipelago.deploy.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.archipelago.deploy.client.Json;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Where a command speaks.
 *
 * @param out its result, and nothing else where the result is JSON
 * @param err everything else
 */
record Console(PrintWriter out, PrintWriter err) {

  static Console of(CommandSpec spec) {
    return new Console(spec.commandLine().getOut(), spec.commandLine().getErr());
  }

  void print(JsonNode document) {
    out.println(Json.pretty(document));
    out.flush();
  }

  void print(List<String> lines) {
    lines.forEach(out::println);
    out.flush();
  }

  void say(String text) {
    err.println(text);
    err.flush();
  }
}
