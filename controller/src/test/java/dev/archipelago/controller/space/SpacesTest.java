package dev.archipelago.controller.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.archipelago.controller.settings.Settings;
import dev.archipelago.controller.strategy.FixedSettings;
import dev.archipelago.protocol.random.SplitMix64;
import dev.archipelago.protocol.space.Architecture;
import dev.archipelago.protocol.space.NetworkPlan;
import dev.archipelago.protocol.space.SearchSpace;
import dev.archipelago.protocol.space.Shape;
import dev.archipelago.protocol.space.Task;
import dev.archipelago.protocol.trial.Examples;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpacesTest {
  private static final Path EXAMPLE = Path.of("../examples/own-space");
  private static final String SERVICE = "META-INF/services/" + SpaceKind.class.getName();
  private static final Task TEXT = new Task(new Shape(1, 9, 1), 30);
  private static final Task TASK = new Task(new Shape(3, 32, 32), 10);

  @TempDir private Path directory;

  @Test
  void everyKindKeepsItsNameAndItsSettings() {
    Spaces spaces = Spaces.installed();
    assertThat(spaces.kinds()).isSorted();
    for (String kind : spaces.kinds()) {
      keepsItsWord(spaces, kind, Settings.none());
    }
  }

  /** What every kind of space promises beyond {@code SpaceContract}. */
  private static SearchSpace keepsItsWord(Spaces spaces, String kind, Settings settings) {
    SearchSpace space = spaces.read(kind, settings);
    assertThat(space.kind()).isEqualTo(kind);
    assertThat(spaces.read(kind, new FixedSettings(space.settings()))).isEqualTo(space);
    SplitMix64 random = new SplitMix64(3);
    for (int i = 0; i < 10; i++) {
      Architecture architecture = space.sample(random);
      assertThat(space.parse(space.describe(architecture))).isEqualTo(architecture);
      Task task = spaces.fitting(new Examples.Windows(9)).contains(kind) ? TEXT : TASK;
      NetworkPlan plan = space.decode(architecture, task);
      assertThat(plan).isEqualTo(space.decode(architecture, task));
      assertThat(plan.input()).isEqualTo(task.input());
      assertThat(plan.classes()).isEqualTo(task.classes());
    }
    return space;
  }

  @Test
  void aSettingThatIsChangedIsKept() {
    Spaces spaces = Spaces.installed();
    for (String kind : spaces.kinds()) {
      Map<String, Object> defaults = spaces.read(kind, Settings.none()).settings();
      defaults.forEach(
          (key, value) -> {
            Map<String, Object> changed = new HashMap<>(defaults);
            changed.put(key, other(value));
            if (!changed.equals(defaults)) {
              SearchSpace space = spaces.read(kind, new FixedSettings(changed));
              assertThat(space.settings()).as(kind + "." + key).isEqualTo(changed);
            }
          });
    }
  }

  /** Within the range of every setting whose default can be made smaller. */
  private static Object other(Object value) {
    if (value instanceof Integer number) {
      return Math.max(1, number - 1);
    } else if (value instanceof Boolean flag) {
      return !flag;
    } else if (value instanceof List<?> list) {
      return list.subList(0, Math.max(1, list.size() - 1));
    }
    return value;
  }

  @Test
  void knowsWhatEachKindIsFor() {
    Spaces spaces = Spaces.installed();
    assertThat(spaces.fitting(new Examples.Windows(9))).containsExactly("sequence");
    assertThat(spaces.fitting(new Examples.Rows("", ""))).containsExactly("mlp");
    assertThat(spaces.fitting(new Examples.Images(0)))
        .contains("chain", "cell", "mlp")
        .doesNotContain("sequence");
  }

  @Test
  void namesTheKindsThereAreForOneThatIsNot() {
    assertThatThrownBy(() -> Spaces.installed().read("chian", Settings.none()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("no space is called \"chian\"; there are cell, chain, ");
  }

  // --- plug-ins

  @Test
  void theExampleOfASpaceOfOnesOwnIsFoundAndKeepsItsWord() throws IOException {
    compile(EXAMPLE.resolve("own/VggSpace.java"));
    Files.createDirectories(directory.resolve("META-INF/services"));
    Files.copy(EXAMPLE.resolve(SERVICE), directory.resolve(SERVICE));
    try (URLClassLoader loader = loader()) {
      Spaces spaces = Spaces.of(loader);
      assertThat(spaces.kinds()).contains("chain", "vgg");
      keepsItsWord(spaces, "vgg", Settings.none());
      SearchSpace space = keepsItsWord(spaces, "vgg", new FixedSettings(Map.of("blocks", 2)));
      assertThat(space.size()).isEqualTo(9);
      NetworkPlan plan = space.decode(new Architecture("vgg", List.of(0, 1)), TASK);
      assertThat(plan.parameters().stream().mapToLong(NetworkPlan.Parameter::elements).sum())
          .isEqualTo((16 * 3 * 9 + 32) + (32 * 16 * 9 + 64) + (32 * 10 + 10));
    }
  }

  @Test
  void twoSpacesOfOneNameAreRefused() throws IOException {
    install("class Twin implements SpaceKind", "chain");
    try (URLClassLoader loader = loader()) {
      assertThatThrownBy(() -> Spaces.of(loader))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("two spaces are called \"chain\": %s and Twin", ChainKind.class.getName());
    }
  }

  @Test
  void aPlugInThatIsNoSpaceIsNamed() throws IOException {
    install("class Twin", "odd");
    try (URLClassLoader loader = loader()) {
      assertThatThrownBy(() -> Spaces.of(loader))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageStartingWith("a plug-in's space cannot be loaded: ")
          .hasMessageContaining("Twin");
    }
  }

  /** A plug-in whose kind is called {@code Twin} and has this name. */
  private void install(String declaration, String name) throws IOException {
    Path source = directory.resolve("Twin.java");
    Files.writeString(
        source,
        """
        import dev.archipelago.controller.settings.Settings;
        import dev.archipelago.controller.space.SpaceKind;
        import dev.archipelago.protocol.space.SearchSpace;
        public %s {
          public String kind() { return "%s"; }
          public SearchSpace read(Settings settings) { throw new AssertionError(); }
        }
        """
            .formatted(declaration, name));
    compile(source);
    Path service = directory.resolve(SERVICE);
    Files.createDirectories(service.getParent());
    Files.writeString(service, "Twin");
  }

  private void compile(Path source) {
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-proc:none",
                "-d",
                directory.toString(),
                "-cp",
                System.getProperty("java.class.path"),
                source.toString());
    assertThat(status).isZero();
  }

  private URLClassLoader loader() throws IOException {
    URL[] urls = {directory.toUri().toURL()};
    return new URLClassLoader(urls, SpacesTest.class.getClassLoader());
  }
}
