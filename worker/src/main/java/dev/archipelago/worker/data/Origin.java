package dev.archipelago.worker.data;

import java.net.URI;
import java.util.List;

/** Where the files of a published data set come from. */
sealed interface Origin {

  /**
   * They are part of the product.
   *
   * @param folder of the resources, beside the classes of this package
   */
  record Embedded(String folder) implements Origin {}

  /**
   * Each is on the web, gzipped.
   *
   * @param mirrors folders that hold {@code NAME.gz}; tried in this order
   */
  record Files(List<URI> mirrors) implements Origin {}

  /**
   * They are in a gzipped tar archive.
   *
   * @param archive the compressed archive itself
   * @param mirrors folders that hold it
   * @param folder in which the archive packs the files
   */
  record Archive(PublishedFile archive, List<URI> mirrors, String folder) implements Origin {}
}
