package dev.archipelago.controller.spec;

/**
 * One reason to refuse a spec.
 *
 * @param path the key from the root, {@code space.layers}; empty for the whole file
 * @param message what was found and what is allowed
 */
record Problem(Place place, String path, String message) {

  @Override
  public String toString() {
    return path.isEmpty() ? place + ": " + message : place + ": " + path + ": " + message;
  }
}
