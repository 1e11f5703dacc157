package dev.archipelago.worker.measure.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.condition.OS.LINUX;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;

class SharedLibrariesTest {
  @Test
  @EnabledOnOs(LINUX)
  void namesThoseThatAreMissing() {
    assertThat(SharedLibraries.missing(List.of("libm.so.6", "libarchipelago.so.9")))
        .containsExactly("libarchipelago.so.9");
  }
}
