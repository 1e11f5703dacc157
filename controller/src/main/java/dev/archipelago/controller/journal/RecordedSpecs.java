package dev.archipelago.controller.journal;

import dev.archipelago.controller.search.SpecReader;
import dev.archipelago.controller.spec.DatasetProbe;
import dev.archipelago.controller.spec.SearchSpec;
import dev.archipelago.controller.spec.SpecParser;
import dev.archipelago.protocol.space.Task;

/** Specs out of the journal: their data set was found when the search began. */
public final class RecordedSpecs implements SpecReader {
  @Override
  public SearchSpec read(String spec, Task task) {
    return SpecParser.recorded(spec, DatasetProbe.known(task));
  }
}
