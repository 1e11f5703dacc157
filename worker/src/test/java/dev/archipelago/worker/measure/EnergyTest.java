package dev.archipelago.worker.measure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.archipelago.protocol.device.DeviceReading;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class EnergyTest {
  private OptionalDouble counter = OptionalDouble.of(1e9);

  private final DeviceMeter meter =
      new DeviceMeter() {
        @Override
        public Optional<DeviceReading> latest() {
          return Optional.empty();
        }

        @Override
        public OptionalDouble joules() {
          return counter;
        }

        @Override
        public void close() {}
      };

  @Test
  void isTheCountersDifference() {
    Energy energy = Energy.from(meter);
    counter = OptionalDouble.of(1e9 + 250.5);
    assertThat(energy.joules()).hasValue(250.5);
  }

  @Test
  void isUnknownWhereTheCounterIsGoneOrBeganAnew() {
    Energy energy = Energy.from(meter);
    counter = OptionalDouble.of(3);
    assertThat(energy.joules()).isEmpty();
    counter = OptionalDouble.empty();
    assertThat(energy.joules()).isEmpty();
    assertThat(Energy.from(DeviceMeter.NONE).joules()).isEmpty();
  }
}
