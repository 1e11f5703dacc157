package dev.archipelago.worker.dl4j;

import dev.archipelago.protocol.trial.TrialFailure;
import dev.archipelago.worker.engine.NativeErrors;
import java.util.List;
import java.util.function.Supplier;

/** What Deeplearning4j throws: ND4J, JavaCPP, the JVM and oneDNN lack memory in their own words. */
final class NativeFailure {
  private static final NativeErrors ERRORS =
      new NativeErrors(
          "Deeplearning4j",
          List.of(
              "cannot allocate",
              "out of memory",
              "out_of_memory",
              "bad_alloc",
              "allocation failed",
              "failed to allocate",
              "physical memory usage is too high",
              "enough ram"));

  private NativeFailure() {}

  static <T> T translate(Supplier<T> work) {
    return ERRORS.translate(work);
  }

  static TrialFailure failure(Throwable cause) {
    return ERRORS.failure(cause);
  }
}
