package org.nd4j.nativeblas;

/**
 * Lets Deeplearning4j find oneDNN. In 1.0.0-M2.1 its layers ask a class of ND4J by reflection
 * whether oneDNN is there, by the name that the class had before it moved to another package; not
 * finding it, they fall back on code that takes five times as long, and that leaves memory to the
 * garbage collector at every step. Here, under the old name, they find the answer of the class that
 * moved.
 *
 * <p>They ask at all only if the system property {@code org.eclipse.deeplearning4j.helpers.disable}
 * is false.
 */
public final class Nd4jCpu {
  private Nd4jCpu() {}

  /** As much of the old class as is asked for. */
  public static final class Environment {
    private static final Environment INSTANCE = new Environment();

    private Environment() {}

    /** The only one. */
    public static Environment getInstance() {
      return INSTANCE;
    }

    /** Whether this build of ND4J has oneDNN, and uses it. */
    public boolean isUseMKLDNN() {
      return org.nd4j.linalg.cpu.nativecpu.bindings.Nd4jCpu.Environment.getInstance().isUseONEDNN();
    }
  }
}
