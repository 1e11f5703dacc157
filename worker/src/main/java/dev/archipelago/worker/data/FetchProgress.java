package dev.archipelago.worker.data;

/** Is told how a download goes; called often, from the thread that fetches. */
@FunctionalInterface
public interface FetchProgress {

  /**
   * @param file as it is called at its source
   * @param bytes that are here, also from an earlier, interrupted fetch
   * @param total bytes that are expected; -1 where the source does not say
   */
  void at(String file, long bytes, long total);
}
