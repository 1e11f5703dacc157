package dev.archipelago.controller.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.archipelago.controller.strategy.Sharing;
import dev.archipelago.controller.strategy.shared.SharedSpaces;
import dev.archipelago.protocol.space.NasBench201Space;
import dev.archipelago.protocol.space.Ragged;
import dev.archipelago.protocol.space.Shape;
import dev.archipelago.protocol.space.Supernet;
import dev.archipelago.protocol.space.Task;
import dev.archipelago.protocol.trial.Round;
import dev.archipelago.protocol.trial.Round.Alphas;
import dev.archipelago.protocol.trial.Round.Scoring;
import dev.archipelago.protocol.trial.Round.Work;
import dev.archipelago.protocol.trial.RoundReport;
import dev.archipelago.protocol.trial.Score;
import dev.archipelago.protocol.wire.RoundCodec;
import dev.archipelago.protocol.wire.TrialCodec;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is counted is no less than what is sent, with 7 kB left for all that is not the round's. */
class SharedMessageTest {
  private static final int LEFT = 7_000;
  private static final int MOST_PATHS = 7_000;
  private static final String DIGEST = "5e".repeat(32);
  private static final NasBench201Space SPACE = new NasBench201Space(8, 2);
  private static final Task TASK = new Task(new Shape(3, 32, 32), 10);

  private static int sent(Supernet supernet, Round round) {
    return TrialCodec.bytes(supernet) + RoundCodec.toProto(round).getSerializedSize();
  }

  private static Round round(Round.Net net, Work work) {
    return new Round(
        net,
        new Round.Weights.Stored(Collections.nCopies(64, DIGEST)),
        work,
        Collections.nCopies(200, DIGEST));
  }

  @Test
  void countsPaths() {
    Supernet supernet = SPACE.supernet(TASK);
    List<Integer> path = Collections.nCopies(supernet.rows().size(), 8_191);
    Work work =
        new Work.ScorePaths(
            Collections.nCopies(MOST_PATHS, path), new Scoring(1000, 1 << 20, 1000));
    long counted = SharedMessage.bytes(supernet, new Sharing(new Round.Net.Paths(), MOST_PATHS));
    assertThat((long) sent(supernet, round(new Round.Net.Paths(), work)))
        .isBetween(counted - LEFT - 3L * MOST_PATHS, counted - LEFT);
  }

  @Test
  void countsAlphas() {
    Round.Net net = new Round.Net.Relaxed(4);
    Supernet supernet = SPACE.relaxed(TASK, 4);
    Ragged numbers = Ragged.filled(supernet.rows(), 0.3);
    Work work =
        new Work.Bilevel(
            new Alphas(numbers, numbers, numbers, Long.MAX_VALUE),
            100_000,
            new Round.Descent(0.1, 0.1, 0.9, 0.1, 5, 1 << 30, 1 << 30),
            new Round.AlphaRule(0.1, 0.5, 0.9, 0.1),
            new Round.Relaxation.Gumbel(10),
            Round.Order.SECOND_BY_DIFFERENCES,
            100,
            new Scoring(100_000, 0, 0));
    long counted = SharedMessage.bytes(supernet, new Sharing(net, 1));
    assertThat((long) sent(supernet, round(net, work)))
        .isBetween(counted - LEFT - 1_000, counted - LEFT);
  }

  /** Which is sent back, with less than 18 kB beside it. */
  @Test
  void asManyScoresAsARoundMayHaveFitInAReport() {
    assertThat(SharedSpaces.obstacle(SPACE, MOST_PATHS)).isEmpty();
    assertThat(SharedSpaces.obstacle(SPACE, MOST_PATHS + 1))
        .contains("7001 paths of 6 choices are too many for one round; at most 7000 fit");
    Score score = new Score(0.9, 0.1, Integer.MAX_VALUE);
    RoundReport report =
        new RoundReport(Optional.empty(), Collections.nCopies(MOST_PATHS, score), 1, 1, 1);
    assertThat(RoundCodec.toProto(report).getSerializedSize()).isLessThan(182_100);
  }
}
