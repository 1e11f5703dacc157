package dev.archipelago.controller.weights;

import dev.archipelago.controller.search.SearchRegistry;
import dev.archipelago.protocol.disk.FileTree;
import dev.archipelago.protocol.trial.SearchId;
import dev.archipelago.protocol.weights.BlobDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes the weights of searches that are over: completed, cancelled or failed. No such search is
 * ever taken up again, and none shares its blobs with another, so nothing can miss them.
 *
 * <p>Goes by the table of searches, which says "over" only of what the journal says it of. A search
 * that the table does not know may be another controller's on the same directory, and stays. What a
 * lost attempt still writes after the end goes with the next round.
 */
public final class Collector {
  private static final Logger LOG = LoggerFactory.getLogger(Collector.class);

  private final Path root;
  private final SearchRegistry registry;

  /**
   * @param root of the weights of all searches
   */
  public Collector(Path root, SearchRegistry registry) {
    this.root = root;
    this.registry = registry;
  }

  /** One round. Blocks; what goes wrong is logged, and is the next round's. */
  public void collect() {
    if (!Files.isDirectory(root)) {
      return; // no search has kept anything
    }
    try {
      List<SearchId> over =
          registry.all().stream()
              .filter(entry -> entry.status().isOver())
              .map(SearchRegistry.Entry::id)
              .filter(search -> Files.isDirectory(directory(search)))
              .toList();
      for (SearchId search : over) {
        FileTree.delete(directory(search));
        LOG.info("search {} is over: its weights are removed", search);
      }
    } catch (IOException | IllegalStateException e) {
      LOG.warn("weights of searches that are over stay for now: {}", e.toString());
    }
  }

  private Path directory(SearchId search) {
    return BlobDirectory.of(root, search).path();
  }
}
