package dev.archipelago.worker.weights;

import java.io.IOException;
import java.util.Optional;

/**
 * Blobs by what is in them: whoever has a blob's SHA-256 gets exactly that blob or none. Several
 * processes and hosts may use one store at once.
 */
public interface WeightStore {

  /**
   * Keeps a blob; when it returns, the disk has it.
   *
   * @return the blob's SHA-256, 64 lower-case hexadecimal digits
   * @throws IOException if it cannot be kept; the store is as it was
   */
  String put(byte[] blob) throws IOException;

  /**
   * @param sha256 of the blob
   * @return empty where the store lacks it, cannot be read, or holds other bytes under its name
   */
  Optional<byte[]> get(String sha256);

  /**
   * Removes a blob that nobody needs any more; one that is not there, or cannot go, is no error.
   */
  void remove(String sha256);
}
