package dev.archipelago.controller.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.archipelago.controller.settings.Settings;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code examples/own-strategy}, compiled as it stands and found as a plug-in. */
class OwnStrategyTest extends StrategyContract {
  private static final Path EXAMPLE = Path.of("../examples/own-strategy");
  private static final String SERVICE = "META-INF/services/" + StrategyProvider.class.getName();

  @TempDir static Path classes;

  private static URLClassLoader plugin;

  @BeforeAll
  static void compile() throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter complaints = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      List<String> options =
          List.of("-d", classes.toString(), "-cp", System.getProperty("java.class.path"));
      boolean compiled =
          compiler
              .getTask(
                  complaints,
                  files,
                  null,
                  options,
                  null,
                  files.getJavaFileObjects(EXAMPLE.resolve("HillClimber.java")))
              .call();
      assertThat(compiled).as(complaints.toString()).isTrue();
    }
    write(classes, Files.readString(EXAMPLE.resolve(SERVICE)));
    plugin = loader(classes);
  }

  @AfterAll
  static void close() throws IOException {
    plugin.close();
  }

  @Override
  protected StrategyKind kind() {
    return registry().read("hill-climber", 60, new FixedSettings(Map.of("patience", 5)));
  }

  @Override
  protected Strategies registry() {
    return Strategies.seenBy(plugin);
  }

  @Override
  protected String goldenDigest() {
    return "9ba1d6bea9eb757c70d5d76ca9f04a68";
  }

  @Test
  void isShort() throws IOException {
    assertThat(Files.readAllLines(EXAMPLE.resolve("HillClimber.java"))).hasSizeLessThan(60);
  }

  @Test
  void standsBesideTheProductsOwn() {
    assertThat(registry().names()).contains("hill-climber", "random");
    assertThat(Strategies.kinds()).doesNotContain("hill-climber");
    assertThat(registry().read("random", 1, Settings.none()).kind()).isEqualTo("random");
  }

  @Test
  void refusesANameThatIsTaken(@TempDir Path other) throws IOException {
    write(other, Impostor.class.getName());
    try (URLClassLoader loader = loader(other)) {
      assertThatThrownBy(() -> Strategies.seenBy(loader))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(
              "two strategies are called \"random\": the product's own and "
                  + Impostor.class.getName());
    }
  }

  @Test
  void saysWhichPluginCannotBeLoaded(@TempDir Path other) throws IOException {
    write(other, "example.Missing");
    try (URLClassLoader loader = loader(other)) {
      assertThatThrownBy(() -> Strategies.seenBy(loader))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("a plug-in's strategy cannot be loaded")
          .hasMessageContaining("example.Missing");
    }
  }

  /** Takes a name of the product. */
  public static final class Impostor implements StrategyProvider {
    @Override
    public String kind() {
      return "random";
    }

    @Override
    public StrategyKind read(int trials, Settings settings) {
      throw new AssertionError("never asked");
    }
  }

  private static void write(Path directory, String provider) throws IOException {
    Files.createDirectories(directory.resolve("META-INF/services"));
    Files.writeString(directory.resolve(SERVICE), provider);
  }

  private static URLClassLoader loader(Path directory) throws IOException {
    return new URLClassLoader(
        new URL[] {directory.toUri().toURL()}, StrategyProvider.class.getClassLoader());
  }
}
