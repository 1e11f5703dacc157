package dev.archipelago.worker.data;

import dev.archipelago.protocol.space.Task;
import dev.archipelago.protocol.trial.DatasetRef;
import dev.archipelago.protocol.trial.Examples;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * All data sets that a search may name, and where their files are.
 *
 * <p>Where a method takes a {@code path}, empty means the default: {@code home/NAME}, or the
 * product itself for an embedded set. All methods throw {@link DatasetException} where a data set
 * is unknown, missing, corrupted or not what was expected. Thread-safe.
 */
public final class Datasets {
  /** Data sets in memory at a time: a worker serves few searches at once. */
  private static final int KEPT = 2;

  private final Path home;
  private final List<Source> sources;
  private final Map<Key, Dataset> loaded = new LinkedHashMap<>(KEPT, 0.75f, true);

  /** A name that a spec may give, and what it means in a line. */
  public record Description(String name, String text) {}

  private record Key(String name, Path directory, Examples examples, Task task) {}

  /**
   * @param home where data sets lie that are given without a path: {@code DATA_DIR/datasets}
   */
  public Datasets(Path home) {
    this(home, Catalogue.SOURCES);
  }

  Datasets(Path home, List<Source> sources) {
    this.home = home;
    this.sources = List.copyOf(sources);
  }

  public List<Description> list() {
    return sources.stream().map(s -> new Description(s.name(), s.description())).toList();
  }

  public List<String> names() {
    return sources.stream().map(Source::name).toList();
  }

  /**
   * Checks that all of a data set's files are there and whole, without decoding an image: published
   * files by their checksums, a folder's images by their headers, tables and texts by reading them.
   *
   * @return the shape of its examples and its number of classes
   */
  public Task probe(String name, String path, Examples examples) {
    Source source = source(name);
    return source.probe(source.locate(home, path), examples);
  }

  /**
   * Reads a data set's training examples, or gives those that are still in memory.
   *
   * <p>The reference's limit is not applied here: a sample needs the split's seed, see {@link
   * ExampleSet#split}.
   *
   * @throws DatasetException also where the files hold something else than the reference's task
   */
  public Dataset load(DatasetRef reference) {
    Source source = source(reference.name());
    Path directory = source.locate(home, reference.path());
    Examples examples = reference.examples();
    Task task = reference.task();
    synchronized (loaded) {
      Key key = new Key(reference.name(), directory, examples, task);
      Dataset dataset = loaded.get(key);
      if (dataset == null) {
        if (loaded.size() == KEPT) {
          loaded.remove(loaded.keySet().iterator().next());
        }
        dataset =
            new Dataset(
                source.train(directory, examples, task),
                () -> source.test(directory, examples, task));
        loaded.put(key, dataset);
      }
      return dataset;
    }
  }

  /**
   * The directory of a data set that is given without a path, unread; empty where there is none, as
   * for embedded sets.
   */
  public Optional<Path> directory(String name) {
    return Optional.of(home.resolve(name).toAbsolutePath()).filter(Files::isDirectory);
  }

  /** Looks at every file of a data set, test files included, and decodes a folder's images. */
  public List<FileReport> check(String name, String path) {
    Source source = source(name);
    return source.check(source.locate(home, path));
  }

  /**
   * Downloads what is missing or corrupted from where the data set is published.
   *
   * <p>A file appears under its name only when it is whole. An interrupted fetch leaves a hidden
   * {@code .NAME.part}, from which the next one goes on.
   *
   * @return the directory in which the files now are
   * @throws IOException where no source gave a file, naming the sources and what they answered
   */
  public Path fetch(String name, String path, FetchProgress progress)
      throws IOException, InterruptedException {
    Source source = source(name);
    Path directory = source.locate(home, path);
    if (!(source instanceof PublishedSet set) || set.origin() instanceof Origin.Embedded) {
      throw new DatasetException(
          "there is nothing to fetch for %s: %s".formatted(name, source.description()));
    }
    HttpClient client =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(Duration.ofSeconds(20))
            .build();
    new Fetcher(client, progress).fetch(set, directory);
    return directory;
  }

  private Source source(String name) {
    return sources.stream()
        .filter(s -> s.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new DatasetException(
                    "unknown data set \"%s\": one of %s"
                        .formatted(name, names().stream().collect(Collectors.joining(", ")))));
  }
}
