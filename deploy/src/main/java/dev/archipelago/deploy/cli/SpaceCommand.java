package dev.archipelago.deploy.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.archipelago.controller.spec.SearchSpec;
import dev.archipelago.deploy.client.Json;
import dev.archipelago.deploy.exit.CommandException;
import dev.archipelago.deploy.exit.ExitCode;
import dev.archipelago.deploy.view.ArchitectureText;
import dev.archipelago.deploy.view.Format;
import dev.archipelago.deploy.view.Table;
import dev.archipelago.protocol.random.SplitMix64;
import dev.archipelago.protocol.space.Architecture;
import dev.archipelago.protocol.space.Decision;
import dev.archipelago.protocol.space.PlanCost;
import dev.archipelago.protocol.space.SearchSpace;
import dev.archipelago.protocol.space.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows what a spec's space holds. */
@Command(
    name = "space",
    description = "Shows a spec's search space: its decisions, its size, or a sample of it.")
@SuppressWarnings("NullAway.Init") // fields are set by picocli
final class SpaceCommand extends DatasetCommand {
  private static final int MOST = 10_000;

  @Mixin private SpecFile file;

  @Option(names = "--count", description = "Only how many architectures it has.")
  private boolean count;

  @Option(
      names = "--sample",
      paramLabel = "N",
      description = "So many architectures, drawn uniformly, with what they cost.")
  private @Nullable Integer sample;

  @Option(names = "--seed", paramLabel = "SEED", description = "Of the sample; else the spec's.")
  private @Nullable Long seed;

  @Override
  ExitCode run(Console console) {
    if (count && sample != null) {
      throw CommandException.badInput("--count and --sample: choose one");
    }
    if (sample != null && (sample < 1 || sample > MOST)) {
      throw CommandException.badInput("--sample must be 1 to 10,000, got " + sample);
    }
    SearchSpec spec = file.parse(file.text(), host().roles().probe(dataDirectory()));
    if (sample != null) {
      sample(console, spec, sample);
    } else if (count) {
      count(console, spec.space());
    } else {
      decisions(console, spec.space());
    }
    return ExitCode.OK;
  }

  private void count(Console console, SearchSpace space) {
    if (isJson()) {
      console.print(summary(space));
    } else {
      console.print(List.of(space.size().toString()));
    }
  }

  private static ObjectNode summary(SearchSpace space) {
    return Json.object()
        .put("kind", space.kind())
        .put("size", space.size())
        .put("decisions", space.decisions().size());
  }

  private void decisions(Console console, SearchSpace space) {
    Table table = Table.headed("DECISION", "OPTIONS", "VALUES");
    ArrayNode all = Json.object().putArray("decisions");
    for (Decision decision : space.decisions()) {
      List<String> labels = new ArrayList<>();
      for (int value = 0; value < decision.cardinality(); value++) {
        labels.add(decision.label(value));
      }
      table.row(decision.name(), String.valueOf(decision.cardinality()), String.join(", ", labels));
      all.addObject().put("name", decision.name()).set("options", Json.tree(labels));
    }
    if (isJson()) {
      ObjectNode document = summary(space);
      document.set("decisions", all);
      console.print(document);
    } else {
      console.print(table.lines());
      console.print(List.of("", space.size() + " architectures"));
    }
  }

  private void sample(Console console, SearchSpec spec, int size) {
    SplitMix64 random = SplitMix64.of(seed == null ? spec.seed() : seed);
    ArrayNode all = Json.object().putArray("samples");
    for (int i = 0; i < size; i++) {
      Architecture architecture = spec.space().sample(random);
      if (isJson()) {
        all.add(document(spec, architecture));
      } else {
        describe(console, spec, architecture);
      }
    }
    if (isJson()) {
      ObjectNode document = summary(spec.space());
      document.set("samples", all);
      console.print(document);
    }
  }

  private static ObjectNode document(SearchSpec spec, Architecture architecture) {
    Task task = spec.dataset().task();
    PlanCost cost = PlanCost.of(spec.space().decode(architecture, task));
    ObjectNode document = Json.object();
    document.set("architecture", Json.tree(spec.space().describe(architecture)));
    return document
        .put("fingerprint", spec.space().fingerprint(architecture))
        .put("params", cost.params())
        .put("flops", cost.flops());
  }

  private static void describe(Console console, SearchSpec spec, Architecture architecture) {
    PlanCost cost = PlanCost.of(spec.space().decode(architecture, spec.dataset().task()));
    List<String> lines = new ArrayList<>();
    lines.add(
        spec.space().fingerprint(architecture)
            + ": "
            + Format.count(cost.params())
            + " parameters, "
            + Format.magnitude(cost.flops())
            + " FLOPs");
    Map<String, String> places = ArchitectureText.places(spec.space().describe(architecture));
    Table table = Table.plain();
    places.forEach((place, text) -> table.row("  " + place, text));
    lines.addAll(table.lines());
    console.print(lines);
  }
}
