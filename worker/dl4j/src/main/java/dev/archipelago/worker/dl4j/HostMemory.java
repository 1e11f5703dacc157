package dev.archipelago.worker.dl4j;

import java.nio.FloatBuffer;
import org.nd4j.linalg.api.concurrency.AffinityManager.Location;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Arrays' numbers where this program reads and writes them. ND4J's backend for GPUs keeps a second
 * copy of an array there, and knows of what its own operations do to either; it has to be asked
 * before the copy is read, and told after it was written. For CPUs there is one copy only.
 */
final class HostMemory {
  private HostMemory() {}

  /** An array's numbers as they are now, in the order in which they lie in memory. */
  static FloatBuffer of(INDArray array) {
    Nd4j.getAffinityManager().ensureLocation(array, Location.HOST);
    return array.data().asNioFloat().slice();
  }

  /** To be called after the array's numbers were written, before the library uses them. */
  static void written(INDArray array) {
    Nd4j.getAffinityManager().tagLocation(array, Location.HOST);
  }
}
