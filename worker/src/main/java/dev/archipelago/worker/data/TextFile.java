package dev.archipelago.worker.data;

import dev.archipelago.protocol.space.Shape;
import dev.archipelago.protocol.space.Task;
import dev.archipelago.protocol.trial.Examples;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * A user's own text: one file, of which the last tenth is set aside to test on.
 *
 * <p>The alphabet is the characters (code points) of the other nine tenths, in their order, after
 * class 0: any character that is not among them.
 */
final class TextFile implements Source {
  /** Windows of the test part that are looked at, evenly spread: more do not fit an answer. */
  private static final int MOST_TESTED = 20_000;

  /** Read in a worker's default heap, 768 MiB, with room for the data set before it. */
  private static final int MOST_READ = 32_000_000;

  /** What tokens in chars can tell apart. */
  private static final int MOST_CHARACTERS = 65_535;

  @Override
  public String name() {
    return "text";
  }

  @Override
  public String description() {
    return "your own text: a .txt or .txt.gz file in UTF-8; the next character is foretold";
  }

  /** A text as code points. */
  private static final class Text {
    private final Path file;
    private final int[] characters;
    private final int window;
    private final int end; // where the test part begins
    private final int[] alphabet; // ascending

    Text(Path file, int[] characters, int window) {
      this.file = file;
      this.characters = characters;
      this.window = window;
      this.end = characters.length - characters.length / 10;
      this.alphabet = Arrays.stream(characters, 0, end).distinct().sorted().toArray();
    }

    int length() {
      return characters.length;
    }

    Task task() {
      if (alphabet.length < 2 || alphabet.length > MOST_CHARACTERS) {
        throw new DatasetException(
            "data set text: %s has %d different characters; needed are 2 to %d"
                .formatted(file, alphabet.length, MOST_CHARACTERS));
      }
      return new Task(new Shape(1, window, 1), alphabet.length + 1);
    }

    char[] tokens(int from, int to) {
      char[] tokens = new char[to - from];
      for (int i = 0; i < tokens.length; i++) {
        int place = Arrays.binarySearch(alphabet, characters[from + i]);
        tokens[i] = (char) (place < 0 ? 0 : place + 1);
      }
      return tokens;
    }
  }

  @Override
  public Task probe(Path file, Examples examples) {
    return read(file, examples).task();
  }

  @Override
  public TextSet train(Path file, Examples examples, Task task) {
    Text text = read(file, examples, task);
    return new TextSet(task, text.tokens(0, text.end), 1);
  }

  @Override
  public TextSet test(Path file, Examples examples, Task task) {
    Text text = read(file, examples, task);
    char[] tokens = text.tokens(text.end, text.length());
    int windows = tokens.length - text.window;
    return new TextSet(task, tokens, (windows + MOST_TESTED - 1) / MOST_TESTED);
  }

  @Override
  public List<FileReport> check(Path file) {
    try {
      Text text = read(file, new Examples.Windows(1));
      return List.of(
          new FileReport(
              file.toString(),
              true,
              "%d characters, %d different ones before the test part"
                  .formatted(text.length(), text.task().classes() - 1)));
    } catch (DatasetException e) {
      return List.of(new FileReport(file.toString(), false, String.valueOf(e.getMessage())));
    }
  }

  private Text read(Path file, Examples examples, Task task) {
    Text text = read(file, examples);
    if (!text.task().equals(task)) {
      throw new DatasetException(
          "data set text: %s gives %s, the search expects %s".formatted(file, text.task(), task));
    }
    return text;
  }

  private Text read(Path file, Examples examples) {
    int window = as(Examples.Windows.class, examples).length();
    int[] characters;
    try {
      characters = codePoints(PlainFiles.read(file, MOST_READ));
    } catch (IOException e) {
      throw new DatasetException("data set text: " + e.getMessage(), e);
    }
    if (characters.length / 10 <= window) {
      throw new DatasetException(
          "data set text: %s has %d characters; windows of %d need at least %d"
              .formatted(file, characters.length, window, 10 * (window + 1)));
    }
    return new Text(file, characters, window);
  }

  /** In an array of the right size at once: the stream's own takes twice the memory. */
  private static int[] codePoints(String text) {
    int[] characters = new int[text.codePointCount(0, text.length())];
    int at = 0;
    for (int i = 0; i < characters.length; i++) {
      characters[i] = text.codePointAt(at);
      at += Character.charCount(characters[i]);
    }
    return characters;
  }
}
