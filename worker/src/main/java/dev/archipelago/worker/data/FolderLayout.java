package dev.archipelago.worker.data;

import dev.archipelago.protocol.random.SplitMix64;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which files of a folder are images of which class, for training and for test.
 *
 * <pre>
 *   DIR/train/CLASS/*.png and DIR/test/CLASS/*.png    as the user cut it
 *   DIR/CLASS/*.png                                   a fifth of each class is for test
 * </pre>
 *
 * The fifth is chosen by a hash of class and file name, and not by a search's seed: test images are
 * the same for every search and every worker. Classes and files are in the order of their names.
 * Files whose names begin with a dot are no images.
 *
 * @param train per class, the files
 * @param test per class, the files
 */
record FolderLayout(List<String> classes, List<List<Path>> train, List<List<Path>> test) {
  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;
  private static final Comparator<Path> BY_NAME = Comparator.comparing(FolderLayout::name);

  /**
   * @throws DatasetException saying what is missing or does not belong there
   */
  static FolderLayout of(Path directory) {
    if (!Files.isDirectory(directory)) {
      throw new DatasetException(
          "data set folder: %s is no directory; put a folder of images per class there"
              .formatted(directory));
    }
    Path train = directory.resolve("train");
    Path test = directory.resolve("test");
    if (!Files.isDirectory(train) && !Files.isDirectory(test)) {
      return cut(directory);
    }
    for (Path needed : List.of(train, test)) {
      if (!Files.isDirectory(needed)) {
        throw new DatasetException("data set folder: %s is missing".formatted(needed));
      }
    }
    List<String> classes = classes(train);
    List<String> others = classes(test);
    if (!classes.equals(others)) {
      throw new DatasetException(
          "data set folder: %s has classes %s, but %s has %s"
              .formatted(train, classes, test, others));
    }
    return new FolderLayout(classes, images(train, classes), images(test, classes));
  }

  private static FolderLayout cut(Path directory) {
    List<String> classes = classes(directory);
    List<List<Path>> train = new ArrayList<>();
    List<List<Path>> test = new ArrayList<>();
    List<List<Path>> images = images(directory, classes);
    for (int c = 0; c < classes.size(); c++) {
      String type = classes.get(c);
      List<Path> files = images.get(c);
      if (files.size() < 2) {
        throw new DatasetException(
            "data set folder: %s is its class's only image; at least 2 are needed, one for test"
                .formatted(files.get(0)));
      }
      int held = Math.max(1, Math.round(files.size() / 5f));
      List<Path> hashed =
          files.stream()
              .sorted(Comparator.<Path>comparingLong(f -> hash(type, f)).thenComparing(BY_NAME))
              .toList();
      test.add(hashed.subList(0, held).stream().sorted(BY_NAME).toList());
      train.add(hashed.subList(held, hashed.size()).stream().sorted(BY_NAME).toList());
    }
    return new FolderLayout(classes, List.copyOf(train), List.copyOf(test));
  }

  private static List<String> classes(Path directory) {
    List<String> classes =
        visible(directory).stream().filter(Files::isDirectory).map(FolderLayout::name).toList();
    if (classes.size() < 2) {
      throw new DatasetException(
          "data set folder: %s needs a folder of images for each of at least 2 classes, found %s"
              .formatted(directory, classes));
    }
    return classes;
  }

  private static List<List<Path>> images(Path directory, List<String> classes) {
    List<List<Path>> images = new ArrayList<>();
    for (String name : classes) {
      List<Path> files = visible(directory.resolve(name));
      if (files.isEmpty()) {
        throw new DatasetException(
            "data set folder: %s holds no images".formatted(directory.resolve(name)));
      }
      for (Path file : files) {
        if (!Files.isRegularFile(file)) {
          throw new DatasetException(
              "data set folder: %s is no image; a class's folder holds images alone"
                  .formatted(file));
        }
      }
      images.add(files);
    }
    return List.copyOf(images);
  }

  private static List<Path> visible(Path directory) {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.filter(e -> !name(e).startsWith(".")).sorted(BY_NAME).toList();
    } catch (IOException | UncheckedIOException e) {
      throw new DatasetException(
          "data set folder: %s cannot be listed: %s".formatted(directory, e.getMessage()), e);
    }
  }

  /** FNV-1a of "class/file", mixed. */
  private static long hash(String type, Path file) {
    String key = type + "/" + name(file);
    long hash = FNV_OFFSET;
    for (byte b : key.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xff)) * FNV_PRIME;
    }
    return SplitMix64.derive(hash);
  }

  private static String name(Path path) {
    return path.getFileName().toString();
  }
}
