package dev.archipelago.worker.measure.gpu;

import com.sun.jna.NativeLibrary;
import java.util.List;

/** What this process could load from the system. */
public final class SharedLibraries {
  private SharedLibraries() {}

  /**
   * Those that are not there, of names such as {@code libcudart.so.11.0}. The others are loaded,
   * which costs what loading them costs.
   */
  public static List<String> missing(List<String> names) {
    return names.stream().filter(name -> !loads(name)).toList();
  }

  private static boolean loads(String name) {
    try {
      NativeLibrary.getInstance(name);
      return true;
    } catch (LinkageError e) {
      return false;
    }
  }
}
