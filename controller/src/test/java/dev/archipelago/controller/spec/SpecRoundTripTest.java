package dev.archipelago.controller.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpecRoundTripTest {

  @Test
  void whatIsWrittenIsReadBackEqual() {
    for (int seed = 0; seed < 100; seed++) {
      SearchSpec spec = RandomSpec.of(seed);
      String yaml = SpecWriter.write(spec);
      assertThat(read(yaml, spec)).as("seed %d:%n%s", seed, yaml).isEqualTo(spec);
    }
  }

  @Test
  void writingIsCanonical() {
    SearchSpec spec = RandomSpec.of(1);
    String yaml = SpecWriter.write(spec);
    assertThat(SpecWriter.write(read(yaml, spec))).isEqualTo(yaml);
  }

  private static SearchSpec read(String yaml, SearchSpec spec) {
    return SpecParser.parse(yaml, "journal", List.of(), DatasetProbe.known(spec.dataset().task()));
  }
}
