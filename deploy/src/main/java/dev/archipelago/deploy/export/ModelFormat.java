package dev.archipelago.deploy.export;

import dev.archipelago.worker.trained.TrainedNetwork;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A kind of file that a trained network can be written to. */
public interface ModelFormat {

  /** All that there are. */
  static List<ModelFormat> all() {
    return List.of(new SafetensorsFormat(), new Dl4jFormat());
  }

  /** As {@code --format} has it. */
  String name();

  /**
   * Writes the file, in the place of what may be there.
   *
   * @throws IOException if it cannot be written, or the format does not know one of its layers
   */
  Written write(TrainedNetwork network, Path file) throws IOException;
}
