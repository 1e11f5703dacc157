package dev.archipelago.deploy.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.archipelago.deploy.exit.CommandException;
import dev.archipelago.deploy.exit.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControllerConfigTest {
  @TempDir private Path directory;

  @Test
  void hasTheDocumentedDefaults() {
    ControllerConfig config = ControllerConfig.from(Layers.none());

    DataDirectory home = new DataDirectory(Settings.home());
    assertThat(config)
        .isEqualTo(
            new ControllerConfig(
                home,
                "127.0.0.1",
                8600,
                Optional.empty(),
                "127.0.0.1",
                8610,
                List.of(),
                home.journalUrl(),
                "",
                "",
                home.weights(),
                Duration.ofSeconds(120),
                Duration.ofSeconds(5)));
  }

  @Test
  void takesEveryEnvironmentVariable() {
    Map<String, String> environment =
        Map.ofEntries(
            Map.entry("ARCHIPELAGO_DATA_DIR", "/data"),
            Map.entry("ARCHIPELAGO_WEIGHTS", "/shared/weights"),
            Map.entry("ARCHIPELAGO_HTTP_HOST", "0.0.0.0"),
            Map.entry("ARCHIPELAGO_HTTP_PORT", "80"),
            Map.entry("ARCHIPELAGO_HTTP_TOKEN", "secret"),
            Map.entry("ARCHIPELAGO_ARTERY_HOST", "controller"),
            Map.entry("ARCHIPELAGO_ARTERY_PORT", "81"),
            Map.entry("ARCHIPELAGO_MEMBERS", "a:1, b:2,c:3"),
            Map.entry("ARCHIPELAGO_JDBC_URL", "jdbc:postgresql://db/x"),
            Map.entry("ARCHIPELAGO_JDBC_USER", "me"),
            Map.entry("ARCHIPELAGO_JDBC_PASSWORD", "word"));
    assertThat(environment.keySet()).isEqualTo(ControllerConfig.VARIABLES.keySet());

    ControllerConfig config =
        ControllerConfig.from(new Layers(Map.of(), environment, Optional.empty()));

    assertThat(config)
        .isEqualTo(
            new ControllerConfig(
                new DataDirectory(Path.of("/data")),
                "0.0.0.0",
                80,
                Optional.of("secret"),
                "controller",
                81,
                List.of(new HostPort("a", 1), new HostPort("b", 2), new HostPort("c", 3)),
                "jdbc:postgresql://db/x",
                "me",
                "word",
                Path.of("/shared/weights"),
                Duration.ofSeconds(120),
                Duration.ofSeconds(5)));
  }

  @Test
  void flagsOverEnvironmentOverFileOverDefaults() throws IOException {
    Path file =
        file("controller { http.port = 1, artery.port = 2, lease = 90s, members = [\"a:1\"] }");

    ControllerConfig config =
        ControllerConfig.from(
            new Layers(
                Map.of("http.port", 5),
                Map.of("ARCHIPELAGO_HTTP_PORT", "4", "ARCHIPELAGO_ARTERY_PORT", "3"),
                Optional.of(file)));

    assertThat(config.httpPort()).isEqualTo(5);
    assertThat(config.arteryPort()).isEqualTo(3);
    assertThat(config.lease()).isEqualTo(Duration.ofSeconds(90));
    assertThat(config.heartbeat()).isEqualTo(Duration.ofSeconds(5));
    assertThat(config.members()).containsExactly(new HostPort("a", 1));
  }

  @Test
  void emptyVariablesAreNoVariables() {
    assertThat(
            ControllerConfig.from(
                    new Layers(Map.of(), Map.of("ARCHIPELAGO_HTTP_PORT", " "), Optional.empty()))
                .httpPort())
        .isEqualTo(8600);
  }

  @Test
  void refusesOtherMachinesWithoutAToken() {
    refused(Map.of("http.host", "0.0.0.0"), "--token", "--insecure");
    refused(Map.of("http.host", "192.0.2.7"), "token");
    refused(Map.of("http.host", "no-such-host.invalid"), "there is no host");
    assertThat(from(Map.of("http.host", "0.0.0.0", "http.token", "t")).httpHost())
        .isEqualTo("0.0.0.0");
    assertThat(from(Map.of("http.host", "0.0.0.0", "http.insecure", true)).token()).isEmpty();
    assertThat(from(Map.of("http.host", "localhost")).token()).isEmpty();
  }

  @Test
  void refusesWhatCannotBe() {
    refused(Map.of("http.port", 65_536), "http.port", "between 0 and 65535");
    refused(Map.of("members", List.of("a:1", "b")), "members", "\"b\" is not HOST:PORT");
    refused(Map.of("weights", "http://controller:8600"), "weights", "give a directory");
    refused(Map.of("lease", "8s"), "twice the heartbeat");
    refused(Map.of("lease", "-1s"), "must be positive");
  }

  @Test
  void saysWhichVariableIsWrong() {
    assertThatThrownBy(
            () ->
                ControllerConfig.from(
                    new Layers(
                        Map.of(), Map.of("ARCHIPELAGO_HTTP_PORT", "http"), Optional.empty())))
        .hasMessageContaining("ARCHIPELAGO_HTTP_PORT")
        .hasMessageContaining("http.port");
  }

  @Test
  void saysWhatIsWrongInAFileAndWhere() throws IOException {
    assertThatThrownBy(() -> from(file("controller {\n  htpp.port = 1\n}")))
        .hasMessageContaining("settings.conf: 2")
        .hasMessageContaining("unknown key controller.htpp.port")
        .hasMessageContaining("did you mean controller.http.port");
    assertThatThrownBy(() -> from(file("controller { http.port = [ }")))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("settings.conf");
    assertThatThrownBy(() -> from(directory.resolve("none.conf")))
        .hasMessageContaining("no readable file");
  }

  private Path file(String text) throws IOException {
    return Files.writeString(directory.resolve("settings.conf"), text);
  }

  private static ControllerConfig from(Path file) {
    return ControllerConfig.from(new Layers(Map.of(), Map.of(), Optional.of(file)));
  }

  private static ControllerConfig from(Map<String, Object> flags) {
    return ControllerConfig.from(new Layers(flags, Map.of(), Optional.empty()));
  }

  private static void refused(Map<String, Object> flags, String... words) {
    assertThatThrownBy(() -> from(flags))
        .isInstanceOfSatisfying(
            CommandException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.BAD_INPUT))
        .satisfies(e -> assertThat(e.getMessage()).contains(words));
  }
}
