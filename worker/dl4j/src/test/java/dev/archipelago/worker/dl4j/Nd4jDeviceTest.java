package dev.archipelago.worker.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class Nd4jDeviceTest {
  @Test
  void isOneOfTheBackendsDevices() {
    assertThat(Nd4jDevice.of("cpu", true, 1)).isEqualTo(new Nd4jDevice("cpu", 0));
    assertThat(Nd4jDevice.of("cuda:0", false, 2)).isEqualTo(new Nd4jDevice("cuda:0", 0));
    assertThat(Nd4jDevice.of("cuda:1", false, 2)).isEqualTo(new Nd4jDevice("cuda:1", 1));
  }

  @Test
  void saysWhatToDoAboutADeviceOfTheOtherBackend() {
    assertRefused(() -> Nd4jDevice.of("cuda:0", true, 1), "cuda:0", "-Pcuda-dl4j");
    assertRefused(() -> Nd4jDevice.of("cpu", false, 1), "cpu", "BACKEND_PRIORITY_CPU");
  }

  @Test
  void refusesWhatIsNoDevice() {
    assertRefused(() -> Nd4jDevice.of("cuda:2", false, 2), "cuda:2", "2 GPUs");
    assertRefused(() -> Nd4jDevice.of("gpu", true, 1), "gpu", "cpu, cuda:0");
    assertRefused(() -> Nd4jDevice.of("cuda:9999999999", false, 2), "cpu, cuda:0");
  }

  private static void assertRefused(ThrowingCallable call, String... said) {
    assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).message().contains(said);
  }
}
