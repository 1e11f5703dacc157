package dev.archipelago.worker.torch;

import org.bytedeco.javacpp.Loader;

/** Which libtorch this program was built with; known without loading it. */
public final class TorchNatives {
  /** The release of CUDA that the build for GPUs is made for, 13.0 as 130. */
  public static final int CUDA = 130;

  private TorchNatives() {}

  /** Whether it can use GPUs at all: the presets keep that build in a directory of its own. */
  public static boolean isForCuda() {
    String directory = "/org/bytedeco/pytorch/" + Loader.getPlatform() + "-gpu/";
    return TorchNatives.class.getResource(directory + System.mapLibraryName("jnitorch")) != null;
  }
}
