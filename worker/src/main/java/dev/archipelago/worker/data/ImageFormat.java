package dev.archipelago.worker.data;

import dev.archipelago.protocol.space.Task;
import java.io.IOException;
import java.util.List;

/** How labelled images lie in files. */
interface ImageFormat {

  /**
   * @param files in the order in which the set lists them
   * @throws IOException naming the file and what is wrong in it
   */
  ImageSet read(Task task, List<Content> files) throws IOException;
}
