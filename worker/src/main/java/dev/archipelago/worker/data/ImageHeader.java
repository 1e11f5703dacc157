package dev.archipelago.worker.data;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a PNG or JPEG file says about itself before its pixels. */
final class ImageHeader {
  private static final long PNG = 0x89504e470d0a1a0aL;
  private static final int JPEG = 0xffd8;

  /** From the signature to the colour type: chunk length and name, width, height, bit depth. */
  private static final int PNG_SKIPPED = 4 + 4 + 4 + 4 + 1;

  private ImageHeader() {}

  /**
   * Whether the image is stored as grey, with or without transparency; one with a palette is not.
   *
   * @throws IOException where it is neither PNG nor JPEG, or cut short
   */
  static boolean isGrey(Path file) throws IOException {
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      in.mark(Long.BYTES);
      if (in.readLong() == PNG) {
        in.skipNBytes(PNG_SKIPPED);
        int colourType = in.readUnsignedByte(); // PNG specification, §11.2.2
        return colourType == 0 || colourType == 4;
      }
      in.reset();
      if (in.readUnsignedShort() == JPEG) {
        return jpegComponents(in, file) == 1;
      }
      throw new IOException(file + " is neither PNG nor JPEG");
    } catch (EOFException e) {
      throw new IOException(file + " is cut short: no whole PNG or JPEG header", e);
    }
  }

  /** Walks the segments up to the frame header (ITU-T T.81, Annex B.2.2). */
  private static int jpegComponents(DataInputStream in, Path file) throws IOException {
    while (true) {
      int marker = in.readUnsignedByte();
      if (marker != 0xff) {
        throw new IOException(file + " is corrupted: no JPEG segment where one must begin");
      }
      while (marker == 0xff) {
        marker = in.readUnsignedByte();
      }
      if (marker == 0x01 || (marker >= 0xd0 && marker <= 0xd8)) {
        continue; // a marker without a segment
      }
      int length = in.readUnsignedShort();
      if (length < 2) {
        throw new IOException(file + " is corrupted: a JPEG segment of " + length + " bytes");
      }
      if (isFrame(marker)) {
        in.skipNBytes(1 + 2 + 2); // precision, height, width
        return in.readUnsignedByte();
      }
      in.skipNBytes(length - 2);
    }
  }

  /** SOF0 to SOF15, without the three of that range that are something else. */
  private static boolean isFrame(int marker) {
    return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
  }
}
