package dev.archipelago.controller.search;

import dev.archipelago.controller.spec.SearchSpec;
import dev.archipelago.protocol.space.Task;

/** Reads a journalled spec again; its data set is known by then. */
@FunctionalInterface
public interface SpecReader {
  SearchSpec read(String spec, Task task);
}
