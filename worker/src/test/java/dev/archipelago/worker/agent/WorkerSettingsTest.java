package dev.archipelago.worker.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.archipelago.protocol.device.Device;
import dev.archipelago.worker.weights.WeightStores;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorkerSettingsTest {

  @Test
  void takesHostAndPort() {
    for (String address : List.of("127.0.0.1:25520", "controller.local:1", "[::1]:65535")) {
      assertThat(settings(List.of(address)).join()).containsExactly(address);
    }
  }

  @Test
  void refusesWhatIsNoAddress() {
    for (String address : List.of("", "host", "host:", ":1", "host:0", "host:65536", "a b:1")) {
      assertThatThrownBy(() -> settings(List.of(address)))
          .as(address)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("HOST:PORT");
    }
    assertThatThrownBy(() -> settings(List.of())).isInstanceOf(IllegalArgumentException.class);
  }

  private static WorkerSettings settings(List<String> join) {
    return new WorkerSettings(
        "w",
        Path.of("slot"),
        join,
        "127.0.0.1",
        0,
        1,
        Device.of("cpu", "", 0),
        0,
        List.of(),
        Path.of("datasets"),
        new WeightStores.Directory(Path.of("weights")));
  }
}
