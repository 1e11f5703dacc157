package dev.archipelago.controller.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.archipelago.controller.settings.Settings;
import dev.archipelago.controller.strategy.Strategies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples are specs, and the reference knows every key. */
class SpecDocsTest {
  private static final Path ROOT = Path.of("..");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "quickstart",
        "cell",
        "darts",
        "darts-second-order",
        "gdas",
        "latency",
        "folder",
        "mlp",
        "sequence",
        "staged",
        "nasbench201",
        "nasbench201-table",
        "command",
        "enas-micro",
        "enas-macro",
        "one-shot",
        "eas",
        "darts-nasbench201"
      })
  void everyExampleIsASpec(String name) throws IOException {
    assertThat(example(name).budget().trials()).isPositive();
  }

  @Test
  void everyExampleIsTested() throws IOException {
    try (var files = Files.list(ROOT.resolve("examples"))) {
      assertThat(files.filter(file -> file.toString().endsWith(".yaml"))).hasSize(18);
    }
  }

  @Test
  void theQuickStartSearchesWithABaseline() throws IOException {
    SearchSpec spec = example("quickstart");
    assertThat(spec.strategy().kind()).isEqualTo("reinforce");
    assertThat(spec.baselines().random()).isPresent();
    assertThat(spec.objective().measuresLatency()).isFalse();
    assertThat(spec.budget().time()).isEmpty();
  }

  @Test
  void theReferenceHasEveryKey() throws IOException {
    String reference = Files.readString(ROOT.resolve("docs/spec.md"));
    Set<String> keys = new TreeSet<>();
    for (int seed = 0; seed < 50; seed++) {
      SearchSpec spec = RandomSpec.of(seed);
      YamlNode written =
          YamlReader.file(SpecWriter.write(spec), "written", new Problems()).orElseThrow();
      collect(written, "", keys);
    }
    assertThat(keys).hasSizeGreaterThan(50).allMatch(key -> reference.contains("`" + key + "`"));
  }

  @Test
  void theReferenceHasEverySettingOfEveryStrategy() throws IOException {
    String reference = Files.readString(ROOT.resolve("docs/spec.md"));
    for (String kind : Strategies.kinds()) {
      assertThat(Strategies.of(kind, 100, Settings.none()).settings().keySet())
          .as(kind)
          .allMatch(key -> reference.contains("`strategy." + key + "`"));
    }
  }

  private static void collect(YamlNode node, String path, Set<String> keys) {
    if (node instanceof YamlNode.Mapping mapping) {
      mapping
          .entries()
          .forEach(
              (key, entry) ->
                  collect(entry.value(), path.isEmpty() ? key : path + "." + key, keys));
    } else {
      keys.add(path);
    }
  }

  private static SearchSpec example(String name) throws IOException {
    Path file = ROOT.resolve("examples").resolve(name + ".yaml");
    return SpecParser.parse(Files.readString(file), file.toString(), List.of(), new FakeDatasets());
  }
}
