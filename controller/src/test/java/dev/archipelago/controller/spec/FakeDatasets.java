package dev.archipelago.controller.spec;

import dev.archipelago.protocol.space.Shape;
import dev.archipelago.protocol.space.Task;
import dev.archipelago.protocol.trial.Examples;
import java.util.List;
import java.util.OptionalInt;

/** Data sets in name only: one that is missing, one that is broken, and some that are well. */
final class FakeDatasets implements DatasetProbe {

  @Override
  public List<String> names() {
    return List.of(
        "fashion-mnist-mini",
        "fashion-mnist",
        "mnist",
        "cifar-10",
        "cifar-100",
        "tiny",
        "folder",
        "csv",
        "text");
  }

  @Override
  public Task probe(String name, String path, Examples examples) {
    return switch (name) {
      case "fashion-mnist-mini", "mnist", "tiny" -> new Task(new Shape(1, 28, 28), 10);
      case "cifar-10" -> new Task(new Shape(3, 32, 32), 10);
      case "folder" -> folder(path, ((Examples.Images) examples).size());
      case "csv" -> new Task(new Shape(64, 1, 1), 10);
      case "text" -> new Task(new Shape(1, ((Examples.Windows) examples).length(), 1), 65);
      case "fashion-mnist" ->
          throw new IllegalArgumentException(
              "/data/train-images-idx3-ubyte.gz is corrupted: SHA-256 is 00ff, expected 3aed;"
                  + " get it again with: archipelago data fetch fashion-mnist");
      default ->
          throw new IllegalArgumentException(
              name
                  + " is not in /data: train.bin is missing;"
                  + (" get it with: archipelago data fetch " + name));
    };
  }

  @Override
  public void checkTable(String file) {
    if (file.endsWith("broken.csv")) {
      throw new IllegalArgumentException(file + ":2: column flops: found \"many\"");
    }
  }

  private static Task folder(String path, int size) {
    if (path.endsWith("nowhere")) {
      throw new IllegalArgumentException("there is no directory " + path);
    }
    int side = size == 0 ? 32 : size;
    return new Task(new Shape(3, side, side), 5);
  }

  @Override
  public OptionalInt trainingImages(String name, String path) {
    return switch (name) {
      case "fashion-mnist-mini" -> OptionalInt.of(10_000);
      case "mnist" -> OptionalInt.of(60_000);
      case "cifar-10" -> OptionalInt.of(50_000);
      case "tiny" -> OptionalInt.of(200);
      case "folder", "csv", "text" -> OptionalInt.empty();
      default -> throw new AssertionError("asked of a data set that did not pass: " + name);
    };
  }
}
