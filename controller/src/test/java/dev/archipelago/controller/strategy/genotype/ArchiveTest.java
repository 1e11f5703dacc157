package dev.archipelago.controller.strategy.genotype;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.archipelago.controller.strategy.Told;
import dev.archipelago.protocol.random.SplitMix64;
import dev.archipelago.protocol.space.Architecture;
import dev.archipelago.protocol.space.CellSpace;
import dev.archipelago.protocol.space.ChainSpace;
import dev.archipelago.protocol.space.Operation;
import dev.archipelago.protocol.space.SearchSpace;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ArchiveTest {
  private static final ChainSpace SPACE =
      new ChainSpace(2, List.of(3, 5), List.of(1), List.of(8, 16, 24), false);

  @Test
  void findsEveryArchitectureOnceAndThenNone() {
    Archive archive = Archive.empty(SPACE);
    Set<Architecture> found = new HashSet<>();
    for (int n = 0; n < 144; n++) {
      Architecture fresh = archive.fresh(SplitMix64.of(1, n)).orElseThrow();
      assertThat(found.add(fresh)).isTrue();
      archive = archive.proposed(n, fresh);
    }
    assertThat(archive.fresh(new SplitMix64(1))).isEmpty();
    assertThat(archive.exhausted()).isEqualTo("all 144 architectures of the space were proposed");
  }

  @Test
  void takesTwoThatAreTheSameFunctionForOne() {
    SearchSpace space =
        new CellSpace(1, List.of(Operation.SKIP_CONNECT, Operation.CONV_1X1), 1, 1, 8);
    Archive archive = Archive.empty(space);
    int n = 0;
    for (Optional<Architecture> fresh = archive.fresh(new SplitMix64(1));
        fresh.isPresent();
        fresh = archive.fresh(new SplitMix64(1))) {
      archive = archive.proposed(n++, fresh.get());
    }
    assertThat(space.size()).isEqualTo(16);
    assertThat(n).isEqualTo(10); // unordered pairs of 4 halves
    assertThat(archive.exhausted())
        .isEqualTo(
            "10 proposals stand for all 16 architectures of the space; the rest are the same"
                + " networks");
  }

  @Test
  void keepsWhatWasTold() {
    Architecture one = SPACE.sample(new SplitMix64(1));
    Architecture two = SPACE.sample(new SplitMix64(2));
    Architecture three = SPACE.sample(new SplitMix64(3));
    Archive before = Archive.empty(SPACE).proposed(0, one).proposed(1, two).proposed(2, three);
    Archive after =
        before
            .tell(new Told(1, two, OptionalDouble.of(0.5)))
            .tell(new Told(0, one, OptionalDouble.empty()));
    assertThat(after.entries())
        .containsExactly(
            new Entry.Failed(one), new Entry.Scored(two, 0.5), new Entry.Running(three));
    assertThat(after.scored()).containsExactly(new Entry.Scored(two, 0.5));
    assertThat(before.scored()).isEmpty();
  }

  @Test
  void refusesWhatDoesNotFollow() {
    Architecture one = SPACE.sample(new SplitMix64(1));
    Architecture two = SPACE.sample(new SplitMix64(2));
    Archive archive = Archive.empty(SPACE).proposed(0, one);
    assertThatThrownBy(() -> archive.proposed(2, two))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("proposal 2 cannot follow 1 proposals");
    assertThatThrownBy(() -> archive.tell(new Told(0, two, OptionalDouble.of(1))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("proposal 0 was " + one.values() + ", not " + two.values());
  }
}
