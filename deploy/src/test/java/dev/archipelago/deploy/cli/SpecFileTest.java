package dev.archipelago.deploy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.archipelago.controller.spec.DatasetProbe;
import dev.archipelago.controller.spec.SearchSpec;
import dev.archipelago.deploy.client.Submission;
import dev.archipelago.protocol.space.Shape;
import dev.archipelago.protocol.space.Task;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class SpecFileTest {
  private static final String SPEC =
      """
      dataset: {name: folder, path: images}
      space: {kind: chain, layers: 2}
      strategy: {kind: random}
      budget: {trials: 2}
      """;

  @Test
  void imagesAreFoundWhereverTheControllerWasStarted() {
    SpecFile file = given("spec.yaml", "--set", "seed=2");

    Submission submission = file.submission(SPEC, file.parse(SPEC, anyFolder()));

    assertThat(submission.set())
        .containsExactly("seed=2", "dataset.path=" + Path.of("images").toAbsolutePath());
  }

  @Test
  void aTableIsFoundWhereverTheControllerWasStarted() {
    String spec =
        """
        space: {kind: nasbench201}
        strategy: {kind: random}
        evaluation: {table: nasbench201.csv}
        budget: {trials: 2}
        """;
    SpecFile file = given("spec.yaml");

    assertThat(file.submission(spec, file.parse(spec, anyFolder())).set())
        .containsExactly("evaluation.table=" + Path.of("nasbench201.csv").toAbsolutePath());
  }

  @Test
  void changesAndNameArePartOfWhatIsUnderstood() {
    SearchSpec spec =
        given("spec.yaml", "--set", "seed=2", "--set", "budget.trials=9", "--name", "mine")
            .parse(SPEC, anyFolder());

    assertThat(spec.seed()).isEqualTo(2);
    assertThat(spec.budget().trials()).isEqualTo(9);
    assertThat(spec.name()).isEqualTo("mine");
  }

  private static SpecFile given(String... words) {
    SpecFile file = new SpecFile();
    CommandLine line = new CommandLine(new Nothing());
    line.addMixin("spec", file);
    line.parseArgs(words);
    return file;
  }

  @Command
  private static final class Nothing {}

  private static DatasetProbe anyFolder() {
    return DatasetProbe.known(new Task(new Shape(3, 32, 32), 2));
  }
}
