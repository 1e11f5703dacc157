package dev.archipelago.deploy.export;

import dev.archipelago.protocol.disk.DurableFiles;
import dev.archipelago.worker.trained.TrainedNetwork;
import dev.archipelago.worker.trained.TrainedNetworkFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalDouble;

/** The product's own file: plain tensors to all others, a whole network to {@code --from}. */
final class SafetensorsFormat implements ModelFormat {
  @Override
  public String name() {
    return "safetensors";
  }

  @Override
  public OptionalDouble write(TrainedNetwork network, Path file) throws IOException {
    DurableFiles.write(file, TrainedNetworkFile.write(network));
    return OptionalDouble.empty();
  }
}
