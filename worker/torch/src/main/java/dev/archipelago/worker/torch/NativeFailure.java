package dev.archipelago.worker.torch;

import dev.archipelago.protocol.trial.TrialFailure;
import dev.archipelago.protocol.trial.TrialFailure.Category;
import dev.archipelago.worker.engine.EngineException;
import dev.archipelago.worker.engine.EngineLostError;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/** Turns libtorch's exceptions, which come as bare {@link RuntimeException}s, into failures. */
final class NativeFailure {
  private NativeFailure() {}

  static <T> T translate(Supplier<T> work) {
    try {
      return work.get();
    } catch (EngineException e) {
      throw e;
    } catch (RuntimeException | OutOfMemoryError e) {
      TrialFailure failure = failure(e);
      if (failure.category() != Category.OUT_OF_MEMORY && EngineLostError.isMeantBy(firstLine(e))) {
        throw new EngineLostError(firstLine(e), e);
      }
      throw new EngineException(failure, e);
    }
  }

  static boolean isOutOfMemory(Throwable cause) {
    return cause instanceof OutOfMemoryError || speaksOfMemory(firstLine(cause));
  }

  static TrialFailure failure(Throwable cause) {
    String message = firstLine(cause);
    if (isOutOfMemory(cause)) {
      return new TrialFailure(
          Category.OUT_OF_MEMORY,
          false,
          "the network and its batch do not fit the memory; a smaller batch or fewer filters would:"
              + " "
              + message);
    }
    return new TrialFailure(
        Category.INVALID_PLAN, false, "libtorch refused the network: " + message);
  }

  /** DefaultCPUAllocator, std::bad_alloc, CUDA and cuDNN, oneDNN: each in its own words. */
  private static boolean speaksOfMemory(String message) {
    String text = message.toLowerCase(Locale.ROOT);
    return text.contains("can't allocate memory")
        || text.contains("cannot allocate memory")
        || text.contains("not enough memory")
        || text.contains("out of memory")
        || text.contains("bad_alloc")
        || text.contains("alloc_failed")
        || text.contains("unable to find an engine") // cuDNN, whose every plan lacked workspace
        || text.contains("cublas_status_not_initialized");
  }

  /** What was said, without the native stack that follows. */
  private static String firstLine(Throwable cause) {
    String text = Optional.ofNullable(cause.getMessage()).orElse(cause.toString());
    return text.lines().findFirst().orElse(text);
  }
}
