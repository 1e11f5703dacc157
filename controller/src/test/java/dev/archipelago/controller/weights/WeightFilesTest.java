package dev.archipelago.controller.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.archipelago.protocol.trial.SearchId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WeightFilesTest {
  private static final SearchId SEARCH = new SearchId("search-1");

  /** Of "abc": FIPS 180-2, appendix B.1. */
  private static final String DIGEST =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  @TempDir private Path directory;

  private WeightFiles files() {
    return new WeightFiles(directory);
  }

  private static InputStream of(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  private String content() throws IOException {
    WeightFiles.Opened opened = files().open(SEARCH, DIGEST).orElseThrow();
    assertThat(opened.bytes()).isEqualTo(3);
    try (InputStream content = opened.content()) {
      return new String(content.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private List<Path> found() throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  /** Its sender is gone. */
  private static final class Broken extends InputStream {
    @Override
    public int read() throws IOException {
      throw new IOException("the worker is gone");
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      return read();
    }
  }

  @Test
  void keepsWhatHasTheDigestAndGivesItBack() throws IOException {
    files().keep(SEARCH, DIGEST, of("abc"));
    files().keep(SEARCH, DIGEST, of("abc"));
    assertThat(content()).isEqualTo("abc");
    files().remove(SEARCH, DIGEST);
    files().remove(SEARCH, DIGEST);
    assertThat(files().open(SEARCH, DIGEST)).isEmpty();
  }

  @Test
  void keepsNothingOfAnotherDigestNorOfAStreamThatBreaks() throws IOException {
    assertThatThrownBy(() -> files().keep(SEARCH, DIGEST, of("abd")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("of these 3 bytes is")
        .hasMessageContaining("not " + DIGEST);
    assertThat(found()).isEmpty();
    files().keep(SEARCH, DIGEST, of("abc"));
    assertThatThrownBy(
            () -> files().keep(SEARCH, DIGEST, new SequenceInputStream(of("ab"), new Broken())))
        .isInstanceOf(IOException.class);
    assertThat(found()).hasSize(1);
    assertThat(content()).isEqualTo("abc");
  }

  @Test
  void refusesNamesThatAreNoDigest() {
    for (String name :
        List.of("", "abc", "../../../etc/passwd", DIGEST.toUpperCase(Locale.ROOT), DIGEST + "0")) {
      assertThatThrownBy(() -> files().open(SEARCH, name))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("64 digits");
      assertThatThrownBy(() -> files().keep(SEARCH, name, of("abc")))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> files().remove(SEARCH, name))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
