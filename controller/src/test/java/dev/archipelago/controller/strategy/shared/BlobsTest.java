package dev.archipelago.controller.strategy.shared;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BlobsTest {

  @Test
  void whatWasNotReleasedIsCarriedOn() {
    Blobs first = Blobs.NONE.trained(List.of("a", "b")).trained(List.of("c"));
    assertThat(first).isEqualTo(new Blobs(List.of("c"), List.of("a", "b")));
    assertThat(first.trained(List.of("d")).unneeded()).containsExactly("a", "b", "c");
    assertThat(first.released().trained(List.of("d")).unneeded()).containsExactly("c");
  }

  @Test
  void whatIsNeededAgainIsNotReleased() {
    Blobs blobs = new Blobs(List.of("b"), List.of("a"));
    assertThat(blobs.trained(List.of("a"))).isEqualTo(new Blobs(List.of("a"), List.of("b")));
  }

  @Test
  void aRoundReleasesAsManyAsAMessageHolds() {
    List<String> many = IntStream.range(0, 450).mapToObj(i -> "blob-" + i).toList();
    Blobs blobs = new Blobs(List.of(), many);
    assertThat(Blobs.toRelease(many)).isEqualTo(many.subList(0, 200));
    assertThat(blobs.released().released().unneeded()).isEqualTo(many.subList(400, 450));
    assertThat(blobs.released().released().released().unneeded()).isEmpty();
  }
}
