package dev.archipelago.controller.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.archipelago.protocol.random.SplitMix64;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class StandingsTest {

  @Test
  void keepsTheBestFirstAndOfEqualOnesTheEarlier() {
    SplitMix64 random = new SplitMix64(1);
    List<Standing> all = new ArrayList<>();
    Standings standings = Standings.NONE;
    for (int configuration = 0; configuration < 200; configuration++) {
      Standing standing = new Standing(configuration, random.nextInt(20));
      assertThat(standings.rank(standing))
          .isEqualTo((int) all.stream().filter(s -> s.compareTo(standing) < 0).count());
      standings = standings.with(standing);
      all.add(standing);
      Collections.sort(all);
      assertThat(standings.ranked()).isEqualTo(all);
    }
    Standing first = standings.at(0);
    assertThat(standings.at(1).reward()).isEqualTo(first.reward());
    assertThat(standings.at(1).configuration()).isGreaterThan(first.configuration());
    assertThat(standings.find(standings.at(77).configuration())).isEqualTo(77);
    assertThat(standings.without(0).at(0)).isEqualTo(standings.at(1));
  }

  @Test
  void knowsItsMedian() {
    Standings standings = Standings.NONE;
    assertThat(standings.median()).isEmpty();
    standings = standings.with(new Standing(0, 3));
    assertThat(standings.median()).isEqualTo(OptionalDouble.of(3));
    standings = standings.with(new Standing(1, 6));
    assertThat(standings.median()).isEqualTo(OptionalDouble.of(4.5));
    standings = standings.with(new Standing(2, -100));
    assertThat(standings.median()).isEqualTo(OptionalDouble.of(3));
    standings = standings.with(new Standing(3, Double.MAX_VALUE));
    standings = standings.with(new Standing(4, Double.MAX_VALUE));
    standings = standings.with(new Standing(5, Double.MAX_VALUE));
    standings = standings.with(new Standing(6, Double.MAX_VALUE));
    assertThat(standings.median()).isEqualTo(OptionalDouble.of(Double.MAX_VALUE));
  }

  @Test
  void saysWhoIsNotThere() {
    assertThatThrownBy(() -> Standings.NONE.find(3))
        .hasMessage("configuration 3 has no result here");
  }

  @Test
  void refusesWhatIsNotInOrder() {
    List<Standing> twice = List.of(new Standing(0, 1), new Standing(0, 1));
    assertThatThrownBy(() -> Standings.of(twice)).hasMessage("standings out of order at 1");
  }
}
