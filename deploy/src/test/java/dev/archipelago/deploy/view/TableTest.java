package dev.archipelago.deploy.view;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TableTest {
  @Test
  void wordsToTheLeftNumbersToTheRight() {
    assertThat(
            Table.headed("NAME", "DONE", "LATENCY", "WHY")
                .row("a", "3", "0.61 ms", "")
                .row("longer", "-", "97 us", "of 2 reasons")
                .lines())
        .containsExactly(
            "NAME    DONE  LATENCY  WHY",
            "a          3  0.61 ms",
            "longer     -    97 us  of 2 reasons");
  }

  @Test
  void aShortRowsLastCellRunsOn() {
    assertThat(Table.plain().row("a", "b", "c").row("a", "a long explanation").lines())
        .containsExactly("a  b  c", "a  a long explanation");
  }
}
