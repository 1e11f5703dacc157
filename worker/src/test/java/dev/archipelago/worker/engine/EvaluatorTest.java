package dev.archipelago.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.archipelago.protocol.space.Shape;
import dev.archipelago.protocol.space.Task;
import dev.archipelago.protocol.trial.TestScore;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EvaluatorTest {
  private static final Task TASK = new Task(new Shape(1, 1, 2), 2);

  /** Logit 0 is the first value, logit 1 the second. */
  private final Network network = new SoftmaxRegression(2, 2);

  EvaluatorTest() {
    network.load(Map.of("weight", new float[] {1, 0, 0, 1}));
  }

  @Test
  void countsRightAnswersImageByImage() {
    float[] images = {2, 0, 0, 1, 5, 4, -1, 3, 1, 1};
    BatchSource source = new ArraySource(TASK, images, new int[] {0, 0, 1, 1, 0}, false);
    TestScore test = Evaluator.test(network::infer, source, 2); // the last batch is short
    assertThat(test.correct().stream()).containsExactly(0, 3, 4);
    assertThat(test.score().accuracy()).isEqualTo(0.6);
    assertThat(test.score().examples()).isEqualTo(5);
    double loss = (nats(2) + nats(-1) + nats(-1) + nats(4) + nats(0)) / 5;
    assertThat(test.score().lossNats()).isCloseTo(loss, within(1e-9));
    assertThat(Evaluator.score(network::infer, source, 100)).isEqualTo(test.score());
  }

  /** The loss where the right logit is so much larger than the other. */
  private static double nats(double margin) {
    return Math.log1p(Math.exp(-margin));
  }

  @Test
  void largeLogitsDoNotOverflow() {
    float[] images = {1e30f, -1e30f, 400, 0};
    BatchSource source = new ArraySource(TASK, images, new int[] {0, 1}, false);
    assertThat(Evaluator.score(network::infer, source, 2).lossNats()).isCloseTo(200, within(1e-4));
  }

  @Test
  void aLogitThatIsNotANumberIsNoRightAnswer() {
    float[] images = {Float.NaN, 0, 1, 0};
    BatchSource source = new ArraySource(TASK, images, new int[] {0, 0}, false);
    TestScore test = Evaluator.test(network::infer, source, 2);
    assertThat(test.correct().get(0)).isFalse();
    assertThat(test.score().lossNats()).isNaN();
  }
}
