package dev.archipelago.controller.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.archipelago.controller.spec.DatasetProbe;
import dev.archipelago.controller.spec.Evaluator;
import dev.archipelago.controller.spec.Rung;
import dev.archipelago.controller.spec.SearchSpec;
import dev.archipelago.controller.spec.SpecParser;
import dev.archipelago.controller.spec.SpecWriter;
import dev.archipelago.protocol.space.Shape;
import dev.archipelago.protocol.space.Task;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrialRunsTest {
  private static final Task TASK = new Task(new Shape(1, 28, 28), 10);
  private static final String SPEC =
      """
      dataset: fashion-mnist-mini
      space: {kind: chain, layers: 2}
      strategy: reinforce
      evaluation: {epochs: 9}
      objective: {maximize: accuracy, latency: {target: 2 ms}}
      constraints: {params: 50k}
      baseline: [random, resnet-18]
      budget: {trials: 10, time: 1 h}
      """;

  private static SearchSpec parse(String text, String... set) {
    return SpecParser.parse(text, "spec.yaml", List.of(set), DatasetProbe.known(TASK));
  }

  private static SearchSpec runs(String... set) {
    SearchSpec runs = TrialRuns.of(parse(SPEC, set));
    assertThat(parse(SpecWriter.write(runs))).as("a controller reads it back").isEqualTo(runs);
    return runs;
  }

  @Test
  void evaluatesRandomNetworksAsTheSearchWould() {
    SearchSpec spec = parse(SPEC);
    SearchSpec runs = runs();

    assertThat(runs.strategy().kind()).isEqualTo("random");
    assertThat(runs.budget().trials()).isEqualTo(3);
    assertThat(runs.budget().time()).isEmpty();
    assertThat(runs.retraining().top()).isZero();
    assertThat(runs.baselines().random()).isEmpty();
    assertThat(runs.baselines().references()).isEmpty();
    assertThat(runs.evaluator())
        .as("each is trained")
        .isEqualTo(new Evaluator.Engine(false, false));
    assertThat(runs.training()).isEqualTo(spec.training());
    assertThat(runs.profiling()).isEqualTo(spec.profiling());
    assertThat(runs.constraints()).isEqualTo(spec.constraints());
  }

  @Test
  void trainsToTheLowestTrainedRung() {
    SearchSpec runs = runs("schedule={kind: hyperband, rungs: [1, 3, 9]}");

    assertThat(runs.schedule().rungs()).containsExactly(new Rung.Epochs(1));
  }

  @Test
  void measuresAProxyAndTrainsTheSame() {
    SearchSpec runs = runs("schedule={kind: successive-halving, rungs: [naswot, 3, 9]}");

    assertThat(runs.schedule().rungs()).extracting(Rung::label).containsExactly("naswot", "3");
    assertThat(runs.schedule().kind().settings()).containsEntry("grace", 1);
  }

  @Test
  void aProgramIsRunAsItIs() {
    SearchSpec runs =
        runs(
            "evaluation={epochs: 9, command: [train]}",
            "objective={maximize: accuracy}",
            "dataset=external");

    assertThat(runs.evaluator()).isInstanceOf(Evaluator.Program.class);
  }
}
