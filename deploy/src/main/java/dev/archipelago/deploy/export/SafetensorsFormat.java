package dev.archipelago.deploy.export;

import dev.archipelago.protocol.disk.DurableFiles;
import dev.archipelago.worker.trained.TrainedNetwork;
import dev.archipelago.worker.trained.TrainedNetworkFile;
import java.io.IOException;
import java.nio.file.Path;

/** The product's own file: plain tensors to all others, a whole network to {@code convert}. */
final class SafetensorsFormat implements ModelFormat {
  @Override
  public String name() {
    return "safetensors";
  }

  @Override
  public Written write(TrainedNetwork network, Path file) throws IOException {
    DurableFiles.write(file, TrainedNetworkFile.write(network));
    return Written.unseen();
  }
}
