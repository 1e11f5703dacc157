package dev.archipelago.worker.data;

import dev.archipelago.protocol.space.Task;
import dev.archipelago.protocol.trial.Examples;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A data set that everyone knows, in the files and with the checksums of its authors.
 *
 * <p>Every file is compared with its checksum before a byte of it is used. A set is whole or
 * refused: a part of CIFAR-10 is not CIFAR-10, and a search for something smaller says so with the
 * spec's limit.
 *
 * @param train files of the training images, in order
 * @param test files of the test images
 */
record PublishedSet(
    String name,
    String description,
    Task task,
    ImageFormat format,
    List<PublishedFile> train,
    List<PublishedFile> test,
    Origin origin)
    implements Source {
  PublishedSet {
    train = List.copyOf(train);
    test = List.copyOf(test);
  }

  @Override
  public Path locate(Path home, String path) {
    if (origin instanceof Origin.Embedded && !path.isEmpty()) {
      throw new DatasetException(
          "data set %s is built in: leave its path out, got %s".formatted(name, path));
    }
    return Source.super.locate(home, path);
  }

  @Override
  public Task probe(Path directory, Examples examples) {
    int imageSize = as(Examples.Images.class, examples).size();
    int size = task.input().height();
    if (imageSize != 0 && imageSize != size) {
      throw new DatasetException(
          "images of %s are %dx%d; only a folder's images are scaled, to %d for instance"
              .formatted(name, size, size, imageSize));
    }
    for (PublishedFile file : files()) {
      try {
        find(directory, file).verify(file);
      } catch (IOException e) {
        throw unusable(directory, e);
      }
    }
    return task;
  }

  @Override
  public ImageSet train(Path directory, Examples examples, Task expected) {
    return read(directory, train, expected);
  }

  @Override
  public ImageSet test(Path directory, Examples examples, Task expected) {
    return read(directory, test, expected);
  }

  @Override
  public List<FileReport> check(Path directory) {
    List<FileReport> reports = new ArrayList<>();
    for (PublishedFile file : files()) {
      try {
        StoredFile stored = find(directory, file);
        stored.verify(file);
        reports.add(
            new FileReport(
                stored.place(),
                true,
                "%d bytes, %s agrees".formatted(file.bytes(), file.checksum().algorithm())));
      } catch (IOException e) {
        reports.add(new FileReport(file.name(), false, e.getMessage() + "; " + remedy(directory)));
      }
    }
    return reports;
  }

  List<PublishedFile> files() {
    return Stream.concat(train.stream(), test.stream()).toList();
  }

  /** Whether the file is there and whole. */
  boolean has(Path directory, PublishedFile file) {
    try {
      find(directory, file).verify(file);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private ImageSet read(Path directory, List<PublishedFile> files, Task expected) {
    if (!expected.equals(task)) {
      throw new DatasetException(
          "data set %s is for %s images of %d classes, the search expects %s and %d"
              .formatted(name, task.input(), task.classes(), expected.input(), expected.classes()));
    }
    try {
      List<Content> contents = new ArrayList<>();
      for (PublishedFile file : files) {
        contents.add(new Verified(find(directory, file), file));
      }
      return format.read(task, contents);
    } catch (IOException e) {
      throw unusable(directory, e);
    }
  }

  /** A file whose bytes are checked as they are read. */
  private record Verified(StoredFile file, PublishedFile expected) implements Content {
    @Override
    public String place() {
      return file.place();
    }

    @Override
    public long size() {
      return expected.bytes();
    }

    @Override
    public byte[] read() throws IOException {
      return file.read(expected);
    }
  }

  private StoredFile find(Path directory, PublishedFile file) throws IOException {
    if (origin instanceof Origin.Embedded embedded) {
      String place = embedded.folder() + "/" + file.name() + ".gz";
      URL url = PublishedSet.class.getResource(place);
      if (url == null) {
        throw new IOException(place + " is missing from the product");
      }
      return new StoredFile(place, uri(url), true);
    }
    return onDisk(directory, file)
        .map(path -> new StoredFile(path.toString(), path.toUri(), path.toString().endsWith(".gz")))
        .orElseThrow(() -> new IOException(directory.resolve(file.name()) + "[.gz] is missing"));
  }

  /** Plain or gzipped, in the directory itself or in the folder that the authors' archive makes. */
  Optional<Path> onDisk(Path directory, PublishedFile file) {
    List<Path> folders = new ArrayList<>(List.of(directory));
    if (origin instanceof Origin.Archive archive) {
      folders.add(directory.resolve(archive.folder()));
    }
    return folders.stream()
        .flatMap(
            folder -> Stream.of(folder.resolve(file.name()), folder.resolve(file.name() + ".gz")))
        .filter(Files::isRegularFile)
        .findFirst();
  }

  private static URI uri(URL url) throws IOException {
    try {
      return url.toURI();
    } catch (URISyntaxException e) {
      throw new IOException("no usable address: " + url, e);
    }
  }

  private DatasetException unusable(Path directory, IOException e) {
    return new DatasetException(
        "data set %s: %s; %s".formatted(name, e.getMessage(), remedy(directory)), e);
  }

  private String remedy(Path directory) {
    if (origin instanceof Origin.Files files) {
      return fetchOrPut(directory, files.mirrors().get(0).toString());
    }
    if (origin instanceof Origin.Archive archive) {
      return fetchOrPut(
          directory, archive.mirrors().get(0).resolve(archive.archive().name()).toString());
    }
    return "install Archipelago again";
  }

  private String fetchOrPut(Path directory, String source) {
    return "get it with `archipelago data fetch %s`, or put the files of %s into %s"
        .formatted(name, source, directory);
  }
}
