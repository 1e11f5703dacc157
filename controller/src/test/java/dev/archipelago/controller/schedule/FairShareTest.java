package dev.archipelago.controller.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.archipelago.controller.schedule.FairShare.Claim;
import dev.archipelago.protocol.trial.SearchId;
import java.util.List;
import org.junit.jupiter.api.Test;

class FairShareTest {
  private static final SearchId OLD = new SearchId("20260101-a");
  private static final SearchId NEW = new SearchId("20260102-b");

  @Test
  void theSearchWithTheFewestUnderWayIsNext() {
    assertThat(FairShare.next(List.of(new Claim(OLD, 3, false), new Claim(NEW, 2, false))))
        .contains(NEW);
  }

  @Test
  void amongEqualsTheOldestIsNext() {
    assertThat(FairShare.next(List.of(new Claim(NEW, 1, false), new Claim(OLD, 1, false))))
        .contains(OLD);
  }

  @Test
  void amongEqualsOneThatNotEveryWorkerWouldDoForIsNext() {
    Claim choosy = new Claim(NEW, 1, true);
    assertThat(FairShare.next(List.of(new Claim(OLD, 1, false), choosy))).contains(NEW);
    assertThat(FairShare.next(List.of(new Claim(OLD, 0, false), choosy))).contains(OLD);
  }

  @Test
  void nobodyClaimsNothing() {
    assertThat(FairShare.next(List.of())).isEmpty();
  }
}
