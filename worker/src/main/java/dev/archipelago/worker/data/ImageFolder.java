package dev.archipelago.worker.data;

import dev.archipelago.protocol.space.Shape;
import dev.archipelago.protocol.space.Task;
import dev.archipelago.protocol.trial.Examples;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A user's own data set: a folder of PNG or JPEG images per class, see {@link FolderLayout}.
 *
 * <p>Images are scaled to a square; their sides' proportions are not kept. They are grey where
 * every file of the data set is stored as grey, and RGB otherwise.
 */
final class ImageFolder implements Source {
  private static final int DEFAULT_SIZE = 32;
  private static final int LARGEST_SIZE = 1024;

  @Override
  public String name() {
    return "folder";
  }

  @Override
  public String description() {
    return "your own images: a folder of PNG or JPEG files per class, with or without train/ and"
        + " test/";
  }

  @Override
  public Task probe(Path directory, Examples examples) {
    int imageSize = as(Examples.Images.class, examples).size();
    int size = imageSize == 0 ? DEFAULT_SIZE : imageSize;
    if (size < 1 || size > LARGEST_SIZE) {
      throw new DatasetException(
          "images can be scaled to 1 to %d pixels, got %d".formatted(LARGEST_SIZE, size));
    }
    FolderLayout layout = FolderLayout.of(directory);
    boolean grey = true;
    for (Path file : files(layout)) {
      try {
        grey &= ImageHeader.isGrey(file);
      } catch (IOException e) {
        throw new DatasetException("data set folder: " + e.getMessage(), e);
      }
    }
    return new Task(new Shape(grey ? 1 : 3, size, size), layout.classes().size());
  }

  @Override
  public ImageSet train(Path directory, Examples examples, Task task) {
    FolderLayout layout = FolderLayout.of(directory);
    return read(layout, layout.train(), task);
  }

  @Override
  public ImageSet test(Path directory, Examples examples, Task task) {
    FolderLayout layout = FolderLayout.of(directory);
    return read(layout, layout.test(), task);
  }

  @Override
  public List<FileReport> check(Path directory) {
    FolderLayout layout;
    try {
      layout = FolderLayout.of(directory);
    } catch (DatasetException e) {
      return List.of(new FileReport(directory.toString(), false, String.valueOf(e.getMessage())));
    }
    List<FileReport> reports = new ArrayList<>();
    for (int c = 0; c < layout.classes().size(); c++) {
      List<Path> train = layout.train().get(c);
      List<Path> test = layout.test().get(c);
      List<FileReport> broken =
          Stream.concat(train.stream(), test.stream()).flatMap(ImageFolder::problem).toList();
      reports.add(
          new FileReport(
              "class " + layout.classes().get(c),
              broken.isEmpty(),
              "%d training images, %d test images, %d unreadable"
                  .formatted(train.size(), test.size(), broken.size())));
      reports.addAll(broken);
    }
    return reports;
  }

  private static Stream<FileReport> problem(Path file) {
    try {
      ImageDecoder.decode(file, new Shape(ImageHeader.isGrey(file) ? 1 : 3, 1, 1));
      return Stream.of();
    } catch (IOException e) {
      return Stream.of(new FileReport(file.toString(), false, String.valueOf(e.getMessage())));
    }
  }

  private static ImageSet read(FolderLayout layout, List<List<Path>> classes, Task task) {
    if (layout.classes().size() != task.classes()) {
      throw new DatasetException(
          "data set folder has %d classes, the search expects %d"
              .formatted(layout.classes().size(), task.classes()));
    }
    int count = classes.stream().mapToInt(List::size).sum();
    long bytes = count * task.input().elements();
    if (bytes > Integer.MAX_VALUE - 8) {
      throw new DatasetException(
          "data set folder does not fit: %d images of %s are %d bytes, the most are 2 GiB"
              .formatted(count, task.input(), bytes));
    }
    byte[] pixels = new byte[(int) bytes];
    int[] labels = new int[count];
    int next = 0;
    for (int c = 0; c < classes.size(); c++) {
      for (Path file : classes.get(c)) {
        byte[] image = decode(file, task.input());
        System.arraycopy(image, 0, pixels, next * image.length, image.length);
        labels[next++] = c;
      }
    }
    return new ImageSet(task, pixels, labels);
  }

  private static byte[] decode(Path file, Shape shape) {
    try {
      if (shape.channels() == 1 && !ImageHeader.isGrey(file)) {
        throw new DatasetException(
            "data set folder: %s is in colour, the search expects grey images".formatted(file));
      }
      return ImageDecoder.decode(file, shape);
    } catch (IOException e) {
      throw new DatasetException("data set folder: " + e.getMessage(), e);
    }
  }

  private static List<Path> files(FolderLayout layout) {
    return Stream.concat(layout.train().stream(), layout.test().stream())
        .flatMap(List::stream)
        .toList();
  }
}
