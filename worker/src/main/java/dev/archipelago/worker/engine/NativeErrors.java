package dev.archipelago.worker.engine;

import dev.archipelago.protocol.trial.TrialFailure;
import dev.archipelago.protocol.trial.TrialFailure.Category;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Turns a native library's exceptions, which come as bare {@link RuntimeException}s, into failures:
 * only their words tell them apart.
 */
public final class NativeErrors {
  private final String library;
  private final List<String> ofMemory;

  /**
   * @param library as people call it
   * @param ofMemory in lower case, what it says where memory is lacking
   */
  public NativeErrors(String library, List<String> ofMemory) {
    this.library = library;
    this.ofMemory = List.copyOf(ofMemory);
  }

  /**
   * Does it.
   *
   * @throws EngineException with the failure, where the library threw something
   * @throws EngineLostError if it will throw from now on, whatever is asked of it
   */
  public <T> T translate(Supplier<T> work) {
    try {
      return work.get();
    } catch (EngineException e) {
      throw e;
    } catch (RuntimeException | OutOfMemoryError e) {
      if (!isOutOfMemory(e) && EngineLostError.isMeantBy(firstLine(e))) {
        throw new EngineLostError(firstLine(e), e);
      }
      throw new EngineException(failure(e), e);
    }
  }

  public boolean isOutOfMemory(Throwable cause) {
    String text = firstLine(cause).toLowerCase(Locale.ROOT);
    return cause instanceof OutOfMemoryError || ofMemory.stream().anyMatch(text::contains);
  }

  public TrialFailure failure(Throwable cause) {
    return isOutOfMemory(cause)
        ? new TrialFailure(
            Category.OUT_OF_MEMORY,
            false,
            "the network and its batch do not fit the memory; a smaller batch or fewer filters"
                + " would: "
                + firstLine(cause))
        : new TrialFailure(
            Category.INVALID_PLAN, false, library + " refused the network: " + firstLine(cause));
  }

  /** What was said, without the native stack that follows. */
  private static String firstLine(Throwable cause) {
    String text = Optional.ofNullable(cause.getMessage()).orElse(cause.toString());
    return text.lines().findFirst().orElse(text);
  }
}
