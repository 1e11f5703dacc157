package dev.archipelago.worker.weights;

import dev.archipelago.protocol.trial.SearchId;
import dev.archipelago.protocol.weights.BlobDirectory;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Where a worker's weights are: each search has a store of its own, so that all of it can go when
 * the search is over.
 */
public sealed interface WeightStores {

  /**
   * A search's store, for one attempt.
   *
   * @param cancelled asked while the store waits for another process, which a directory never does;
   *     once true, its methods throw {@link java.util.concurrent.CancellationException}
   */
  WeightStore of(SearchId search, BooleanSupplier cancelled);

  /**
   * As {@link #of}, of the trained networks that a search ends with. These stay.
   *
   * @param cancelled as above
   */
  WeightStore networks(SearchId search, BooleanSupplier cancelled);

  /**
   * In a directory; workers of one cluster share it.
   *
   * @param root made with the first blob
   */
  record Directory(Path root) implements WeightStores {
    @Override
    public WeightStore of(SearchId search, BooleanSupplier cancelled) {
      return new DirectoryWeightStore(BlobDirectory.of(root, search));
    }

    @Override
    public WeightStore networks(SearchId search, BooleanSupplier cancelled) {
      return new DirectoryWeightStore(BlobDirectory.ofNetworks(root, search));
    }

    @Override
    public String toString() {
      return root.toString();
    }
  }

  /**
   * At a controller, over its HTTP API.
   *
   * @param controller {@code http://HOST:PORT}, without a slash at the end
   * @param token that it demands; empty where it demands none
   */
  record Http(URI controller, Optional<String> token) implements WeightStores {
    @Override
    public WeightStore of(SearchId search, BooleanSupplier cancelled) {
      return HttpWeightStore.of(this, "searches/" + search + "/weights", cancelled);
    }

    @Override
    public WeightStore networks(SearchId search, BooleanSupplier cancelled) {
      return HttpWeightStore.of(this, "searches/" + search + "/networks", cancelled);
    }

    /** Leaves the token out: this text may land in a log. */
    @Override
    public String toString() {
      return controller.toString();
    }
  }
}
