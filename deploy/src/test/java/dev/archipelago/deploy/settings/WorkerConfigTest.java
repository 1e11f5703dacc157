package dev.archipelago.deploy.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.archipelago.deploy.exit.CommandException;
import dev.archipelago.protocol.device.Device;
import dev.archipelago.protocol.device.DeviceKind;
import dev.archipelago.worker.weights.WeightStores;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WorkerConfigTest {
  @Test
  void hasTheDocumentedDefaults() {
    assertThat(WorkerConfig.from(Layers.none()))
        .isEqualTo(
            new WorkerConfig(
                List.of(new HostPort("127.0.0.1", 8610)),
                Optional.empty(),
                "torch",
                "auto",
                "",
                Optional.empty(),
                0,
                0,
                1,
                List.of(),
                new DataDirectory(Settings.home()),
                new WeightStores.Directory(Settings.home().resolve("weights")),
                Optional.empty(),
                0));
  }

  @Test
  void takesEveryEnvironmentVariable() {
    Map<String, String> environment =
        Map.of(
            "ARCHIPELAGO_DATA_DIR", "/data",
            "ARCHIPELAGO_WEIGHTS", "/shared/weights",
            "ARCHIPELAGO_HTTP_TOKEN", "secret",
            "ARCHIPELAGO_JOIN", "controller:8610,other:8611",
            "ARCHIPELAGO_WORKER_NAME", "gpu-3",
            "ARCHIPELAGO_DEVICE", "cuda:0",
            "ARCHIPELAGO_DEVICES", "cuda:0,cuda:1",
            "ARCHIPELAGO_FAULTS", "3:crash:1",
            "ARCHIPELAGO_ARTERY_HOST", "worker",
            "ARCHIPELAGO_ARTERY_PORT", "8620");
    assertThat(environment.keySet()).isEqualTo(WorkerConfig.VARIABLES.keySet());

    WorkerConfig config =
        WorkerConfig.from(
            new Layers(
                Map.of(
                    "memory-limit", "4g",
                    "threads", 2,
                    "device", "cuda:1",
                    "declare-device", "cuda:0, NVIDIA H200, 139g"),
                environment,
                Optional.empty()));

    assertThat(config)
        .isEqualTo(
            new WorkerConfig(
                List.of(new HostPort("controller", 8610), new HostPort("other", 8611)),
                Optional.of("gpu-3"),
                "torch",
                "cuda:1",
                "cuda:0,cuda:1",
                Optional.of(new Device("cuda:0", DeviceKind.CUDA, "NVIDIA H200", 139L << 30, true)),
                2,
                4L << 30,
                1,
                List.of("3:crash:1"),
                new DataDirectory(Path.of("/data")),
                new WeightStores.Directory(Path.of("/shared/weights")),
                Optional.of("worker"),
                8620));
  }

  @Test
  void weightsAreInADirectoryOrAtAController() {
    assertThat(weights(Map.of("weights", "http://c:8600/", "token", "secret")))
        .isEqualTo(new WeightStores.Http(URI.create("http://c:8600"), Optional.of("secret")));
    assertThat(weights(Map.of("weights", "https://c")))
        .isEqualTo(new WeightStores.Http(URI.create("https://c"), Optional.empty()));
    assertThat(weights(Map.of("weights", "/shared/http")))
        .isEqualTo(new WeightStores.Directory(Path.of("/shared/http")));
    refused(Map.of("weights", "c:8600"), "give ./c:8600 or http://c:8600");
    refused(Map.of("weights", "ftp://c/x"), "give a directory, or the controller's");
    refused(Map.of("weights", "http://"), "http://127.0.0.1:8600");
  }

  private static WeightStores weights(Map<String, Object> flags) {
    return WorkerConfig.from(new Layers(flags, Map.of(), Optional.empty())).weights();
  }

  @Test
  void refusesWhatCannotBe() {
    refused(Map.of("join", List.of()), "at least one controller");
    refused(Map.of("join", List.of("host")), "\"host\" is not HOST:PORT");
    refused(Map.of("name", "a b"), "a name is");
    refused(Map.of("device", "gpu"), "none of auto, cpu, cuda:0");
    refused(Map.of("declare-device", "H200"), "is not ID,NAME,MEMORY");
    refused(Map.of("declare-device", "gpu,H200,1g"), "is not ID,NAME,MEMORY");
    refused(Map.of("declare-device", "cpu,EPYC,much"), "\"much\" is no size");
    refused(Map.of("threads", -1), "threads");
    refused(Map.of("memory-limit", "much"), "memory-limit");
  }

  @Test
  void readsAddresses() {
    assertThat(HostPort.parse("[::1]:80")).contains(new HostPort("[::1]", 80));
    for (String bad : List.of("", "host", "host:", "host:0", "host:65536", ":80", "::1:80")) {
      assertThat(HostPort.parse(bad)).as(bad).isEmpty();
    }
  }

  private static void refused(Map<String, Object> flags, String words) {
    assertThatThrownBy(() -> WorkerConfig.from(new Layers(flags, Map.of(), Optional.empty())))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining(words);
  }
}
