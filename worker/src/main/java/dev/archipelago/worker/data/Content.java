package dev.archipelago.worker.data;

import java.io.IOException;

/** A file's uncompressed bytes, read when they are needed. */
interface Content {

  /** What to call it before a user. */
  String place();

  /** In bytes. */
  long size();

  /**
   * @throws IOException naming the file, and what was expected and found
   */
  byte[] read() throws IOException;
}
