package dev.archipelago.worker.data;

/** A file's content that lies in memory. */
final class InMemory implements Content {
  private final String place;
  private final byte[] bytes;

  InMemory(String place, byte[] bytes) {
    this.place = place;
    this.bytes = bytes;
  }

  @Override
  public String place() {
    return place;
  }

  @Override
  public long size() {
    return bytes.length;
  }

  @Override
  public byte[] read() {
    return bytes;
  }
}
