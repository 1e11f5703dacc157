package dev.archipelago.deploy.role;

import dev.archipelago.controller.spec.DatasetProbe;
import dev.archipelago.protocol.space.Task;
import dev.archipelago.protocol.trial.Examples;
import dev.archipelago.worker.data.Datasets;
import java.util.List;

/** Looks data sets up on this machine's disk: how the controller learns of what workers know. */
record LocalProbe(Datasets datasets) implements DatasetProbe {
  @Override
  public List<String> names() {
    return datasets.names();
  }

  @Override
  public Task probe(String name, String path, Examples examples) {
    return datasets.probe(name, path, examples);
  }
}
