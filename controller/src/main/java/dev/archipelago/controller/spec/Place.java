package dev.archipelago.controller.spec;

/**
 * Where something stands.
 *
 * @param source a file's name, or an override as it was given
 * @param line from 1; 0 where the source has no lines
 * @param column from 1
 */
record Place(String source, int line, int column) {

  static Place whole(String source) {
    return new Place(source, 0, 0);
  }

  @Override
  public String toString() {
    return line == 0 ? source : source + ":" + line + ":" + column;
  }
}
