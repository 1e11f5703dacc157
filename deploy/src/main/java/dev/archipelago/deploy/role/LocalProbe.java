package dev.archipelago.deploy.role;

import dev.archipelago.controller.spec.DatasetProbe;
import dev.archipelago.controller.tabular.Table;
import dev.archipelago.controller.tabular.TableException;
import dev.archipelago.protocol.space.Task;
import dev.archipelago.protocol.trial.Examples;
import dev.archipelago.worker.data.Datasets;
import java.nio.file.Path;
import java.util.List;

/**
 * Looks data sets and tables up on this machine's disk: how the controller learns of what workers
 * know.
 */
record LocalProbe(Datasets datasets) implements DatasetProbe {
  @Override
  public List<String> names() {
    return datasets.names();
  }

  @Override
  public Task probe(String name, String path, Examples examples) {
    return datasets.probe(name, path, examples);
  }

  @Override
  public void checkTable(String file) {
    try {
      Table.read(Path.of(file));
    } catch (TableException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }
}
