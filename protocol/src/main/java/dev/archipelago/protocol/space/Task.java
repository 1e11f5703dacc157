package dev.archipelago.protocol.space;

/** What a network is for: the shape of an input and the number of classes to tell apart. */
public record Task(Shape input, int classes) {
  public Task {
    if (classes < 2) {
      throw new IllegalArgumentException("a task needs at least 2 classes, got " + classes);
    }
  }
}
