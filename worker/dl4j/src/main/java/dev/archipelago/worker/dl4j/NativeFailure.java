package dev.archipelago.worker.dl4j;

import dev.archipelago.protocol.trial.TrialFailure;
import dev.archipelago.protocol.trial.TrialFailure.Category;
import dev.archipelago.worker.engine.EngineException;
import dev.archipelago.worker.engine.EngineLostError;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/** Turns the library's exceptions, which come as bare {@link RuntimeException}s, into failures. */
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

  static TrialFailure failure(Throwable cause) {
    String message = firstLine(cause);
    if (cause instanceof OutOfMemoryError || speaksOfMemory(message)) {
      return new TrialFailure(
          Category.OUT_OF_MEMORY,
          false,
          "the network and its batch do not fit the memory; a smaller batch or fewer filters would:"
              + " "
              + message);
    }
    return new TrialFailure(
        Category.INVALID_PLAN, false, "Deeplearning4j refused the network: " + message);
  }

  /** ND4J, JavaCPP, the JVM, oneDNN: each in its own words. */
  private static boolean speaksOfMemory(String message) {
    String text = message.toLowerCase(Locale.ROOT);
    return text.contains("cannot allocate")
        || text.contains("out of memory")
        || text.contains("out_of_memory")
        || text.contains("bad_alloc")
        || text.contains("allocation failed")
        || text.contains("failed to allocate")
        || text.contains("physical memory usage is too high")
        || text.contains("enough ram");
  }

  /** What was said, without the native stack that follows. */
  private static String firstLine(Throwable cause) {
    String text = Optional.ofNullable(cause.getMessage()).orElse(cause.toString());
    return text.lines().findFirst().orElse(text);
  }
}
