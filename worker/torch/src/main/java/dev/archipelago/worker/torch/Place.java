package dev.archipelago.worker.torch;

import java.util.Optional;
import org.bytedeco.pytorch.Device;

/**
 * Where an engine computes.
 *
 * @param galleries data sets' images that are kept there: none on the CPU, where all memory is one
 */
record Place(Device device, Optional<Galleries> galleries) implements AutoCloseable {

  /**
   * @param device {@code cpu}, {@code cuda:0}
   */
  static Place of(String device) {
    Device place = new Device(device);
    return new Place(place, place.is_cuda() ? Optional.of(new Galleries(place)) : Optional.empty());
  }

  @Override
  public void close() {
    galleries.ifPresent(Galleries::close);
    device.close();
  }
}
