package dev.archipelago.worker.data;

import dev.archipelago.protocol.random.SplitMix64;
import dev.archipelago.protocol.space.Task;
import dev.archipelago.protocol.trial.Split;
import dev.archipelago.protocol.trial.Training.Augmentation;
import dev.archipelago.worker.engine.Batch;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A stretch of text in memory: an example is a window of characters, its label the character that
 * follows. Immutable by convention: nobody writes to the array.
 */
public final class TextSet implements ExampleSet {
  private final Task task;
  private final char[] tokens; // each in [0, classes)
  private final int stride;
  private final int window;

  /**
   * @param stride characters from the start of a window to the start of the next
   */
  TextSet(Task task, char[] tokens, int stride) {
    this.task = task;
    this.tokens = tokens;
    this.stride = stride;
    this.window = task.input().height();
    if (tokens.length <= window) {
      throw new IllegalArgumentException(
          "%d characters hold no window of %d and its next".formatted(tokens.length, window));
    }
  }

  @Override
  public Task task() {
    return task;
  }

  @Override
  public int size() {
    return windows(tokens.length);
  }

  /** The character after the window. */
  @Override
  public int label(int example) {
    return tokens[example * stride + window];
  }

  /** Windows that, with the character after them, lie before a place in the text. */
  private int windows(int end) {
    return end <= window ? 0 : (end - window - 1) / stride + 1;
  }

  /**
   * By position: the end of the text validates. No window reaches over the border, so that none of
   * the characters to be foretold there was seen in training.
   *
   * <p>A limit takes windows at random from both parts, in the parts' proportion; a smaller limit's
   * windows are among a larger one's.
   */
  @Override
  public Splits split(int limit, Split split) {
    int border =
        tokens.length - Math.toIntExact(Math.round(tokens.length * split.validationFraction()));
    int[] training = IntStream.range(0, windows(border)).toArray();
    int first = (border + stride - 1) / stride;
    int[] validation = IntStream.range(first, Math.max(first, size())).toArray();
    if (limit > 0 && limit < training.length + validation.length) {
      int held = Math.toIntExact(Math.round(limit * split.validationFraction()));
      validation = sample(validation, held, SplitMix64.of(split.seed(), 1));
      training = sample(training, limit - held, SplitMix64.of(split.seed(), 0));
    }
    if (training.length == 0 || validation.length == 0) {
      throw new DatasetException(
          "%d characters cannot be split: a validation fraction of %s leaves no window of %d to %s"
              .formatted(
                  tokens.length,
                  split.validationFraction(),
                  window,
                  training.length == 0 ? "train on" : "validate on"));
    }
    return new Splits(training, validation);
  }

  private static int[] sample(int[] windows, int count, SplitMix64 random) {
    random.shuffle(windows);
    int[] taken = Arrays.copyOf(windows, Math.min(count, windows.length));
    Arrays.sort(taken);
    return taken;
  }

  /** None: a character's number is no quantity. */
  @Override
  public Normalization normalization(int[] indices) {
    return Normalization.NONE;
  }

  @Override
  public ExampleWriter writer(Normalization normalization, Augmentation augmentation) {
    if (!augmentation.equals(Augmentation.NONE)) {
      throw new DatasetException("windows of a text cannot be cropped or mirrored");
    }
    return (int index, SplitMix64 random, Batch batch, int place) -> {
      for (int i = 0; i < window; i++) {
        batch.images().put(place * window + i, tokens[index * stride + i]);
      }
      batch.labels()[place] = label(index);
    };
  }
}
