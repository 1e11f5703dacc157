package dev.archipelago.controller.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.archipelago.protocol.random.SplitMix64;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whatever the text, a spec is read or refused in words; nothing else happens. */
class MangledSpecsTest {
  private static final String PIECES =
      " \t\n:,-[]{}\"'#&*!|>%@`~.0179eEnk=?<\\\u0000\u00e9\ud83d\ude00";

  @Test
  void isReadOrRefusedInWords() {
    SplitMix64 random = new SplitMix64(1);
    int refused = 0;
    for (int round = 0; round < 300; round++) {
      String text = SpecWriter.write(RandomSpec.of(round % 20));
      for (int change = 0; change <= round % 3; change++) {
        text = mangle(text, random);
      }
      try {
        SpecParser.parse(text, "mangled", List.of(), new FakeDatasets());
      } catch (SpecException e) {
        assertThat(e.getMessage()).startsWith("mangled:");
        refused++;
      }
    }
    assertThat(refused).isBetween(150, 299);
  }

  private static String mangle(String text, SplitMix64 random) {
    int from = random.nextInt(text.length());
    int to = Math.min(text.length(), from + random.nextInt(4));
    int piece = random.nextInt(PIECES.length());
    return text.substring(0, from) + PIECES.charAt(piece) + text.substring(to);
  }
}
