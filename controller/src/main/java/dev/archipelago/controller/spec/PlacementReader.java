package dev.archipelago.controller.spec;

import dev.archipelago.protocol.device.DeviceKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code placement}: which workers may take the trials. */
final class PlacementReader {
  static final String ANY = "any";

  /** As a worker's {@code --engine} has them. */
  static final List<String> ENGINES = List.of("torch", "dl4j");

  private static final long LEAST = 1L << 20;
  private static final long MOST = 1L << 50;
  private static final int LONGEST_NAME = 64;

  private PlacementReader() {}

  static Placement read(Section placement) {
    Placement read =
        new Placement(
            named(placement, "device", DeviceKind.labels())
                .map(label -> DeviceKind.labelled(label).orElseThrow()),
            placement
                .text(
                    "device-name",
                    Text.format(
                        "any, or a part of the device's name as workers shows it, up to %d"
                            + " characters",
                        LONGEST_NAME),
                    name -> !name.isBlank() && name.length() <= LONGEST_NAME)
                .filter(name -> !name.equals(ANY)),
            memory(placement),
            named(placement, "engine", ENGINES));
    placement.close();
    return read;
  }

  private static Optional<String> named(Section placement, String key, List<String> labels) {
    List<String> words = new ArrayList<>(List.of(ANY));
    words.addAll(labels);
    return placement.word(key, words).filter(word -> !word.equals(ANY));
  }

  private static long memory(Section placement) {
    if (placement.isWord("memory", ANY)) {
      return 0;
    }
    return placement
        .scalar(
            "memory",
            Text.format(
                "any, or a size from %s to %s with its unit (%s)",
                Sizes.write(LEAST), Sizes.write(MOST), Sizes.UNITS),
            scalar -> Sizes.parse(scalar.text()).filter(bytes -> bytes >= LEAST && bytes <= MOST))
        .orElse(0L);
  }
}
